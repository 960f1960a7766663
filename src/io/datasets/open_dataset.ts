import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {reject} from '../../core/errors';
import {cifar} from './cifar';
import {type IdxFiles, idxImages} from './idx';
import {type ImageFolderOptions, imageFolder} from './image_folder';
import {imageList} from './image_list';
import type {LabeledSplits} from './labeled_splits';

/**
 * Opens data in any format that this package reads, recognized by name and files: a list of images (.csv, .tsv,
 * .jsonl), a folder of CIFAR's or MNIST's files, or a folder with one folder of images per class. Each format takes
 * only the options that apply: images of CIFAR and MNIST keep their size, and their test split stays as given.
 *
 * @throws ValueError for any other path, and whatever the format's own function throws.
 */
export async function openDataset(path: string, options: ImageFolderOptions): Promise<LabeledSplits> {
  const stat = typeof path === 'string' ? statSync(path, {throwIfNoEntry: false}) : undefined;
  if (!stat) reject('path', 'a folder of images, or a .csv, .tsv, .jsonl or .ndjson file, that exists', path);
  const {allowEmpty: _, ...ofLists} = options;
  if (!stat.isDirectory()) return imageList(path, ofLists);
  const {batchSize, sampler, seed, range, labelType, transform, split} = options;
  const common = {batchSize, sampler, seed, range, labelType, transform, validation: split?.validation};
  if (['data_batch_1.bin', 'train.bin'].some((name) => existsSync(join(path, name))))
    return cifar(path, common);
  const train = idxFiles(path, 'train');
  if (!train) return imageFolder(path, options);
  return idxImages(train, {...common, test: idxFiles(path, 't10k'), classNames: options.classNames});
}

function idxFiles(folder: string, prefix: string): IdxFiles | undefined {
  const names = readdirSync(folder);
  const find = (kind: string) =>
    names.find((name) => new RegExp(`^${prefix}-${kind}[-.]idx\\d-ubyte(\\.gz)?$`).test(name));
  const [images, labels] = [find('images'), find('labels')];
  return images && labels ? {images: join(folder, images), labels: join(folder, labels)} : undefined;
}
