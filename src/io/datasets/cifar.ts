import {existsSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {checkOptions} from '../../core/check_options';
import {reject, ValueError} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {checkClassNames} from './class_indices';
import {BATCH_OPTIONS, batchOptions, type ImageBatchOptions} from './image_options';
import {BytesReader, type ImageShape} from './image_reader';
import {type LabeledSplits, labeledSplits} from './labeled_splits';
import {checkShares, type Split, stratifiedSplit} from './splits';

/** Options of `cifar`. */
export interface CifarOptions extends ImageBatchOptions {
  /** Share of each class's training images to set aside for validation. Default: 0. */
  validation?: number;
  /** CIFAR-100 only: the 100 classes, or their 20 superclasses. Default: `'fine'`. */
  labels?: 'fine' | 'coarse';
}

const SHAPE: ImageShape = [32, 32, 3];
const SIZE = 3072;

const CIFAR_10 = {
  train: [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`),
  test: ['test_batch.bin'],
  names: 'batches.meta.txt',
};
const CIFAR_100 = {train: ['train.bin'], test: ['test.bin']};

/**
 * CIFAR-10 or CIFAR-100 (Krizhevsky, 2009) in its binary version, held in memory: 50,000 images for training and 10,000
 * for testing, `[32, 32, 3]`. See `longTailed` for CIFAR-LT.
 *
 * @param folder The unpacked archive, `cifar-10-batches-bin` or `cifar-100-binary`; its files tell which.
 * @throws ValueError for files that are missing or have the wrong length, and for options that are unknown or out of
 *   range.
 */
export async function cifar(folder: string, options: CifarOptions = {}): Promise<LabeledSplits> {
  checkOptions('cifar', options, [...BATCH_OPTIONS, 'validation', 'labels']);
  if (typeof folder !== 'string') reject('folder', 'a folder', folder);
  const {labels: kind = 'fine', seed = 0} = options;
  if (kind !== 'fine' && kind !== 'coarse') reject('labels', "'fine' or 'coarse'", kind);
  requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  const shares = checkShares({validation: options.validation});
  const isHundred = existsSync(join(folder, 'train.bin'));
  const {train, test} = isHundred ? CIFAR_100 : CIFAR_10;
  const names = isHundred ? `${kind}_label_names.txt` : CIFAR_10.names;
  const labelBytes = isHundred ? 2 : 1;
  const files = [...train, ...test].map((name) => readRecords(join(folder, name), labelBytes));
  const classNames = checkClassNames(
    read(join(folder, names))
      .toString('utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  );
  const count = files.reduce((sum, {length}) => sum + length, 0) / (labelBytes + SIZE);
  const pixels = new Uint8Array(count * SIZE);
  const labels = new Int32Array(count);
  const splits: Split[] = [];
  const places: string[] = [];
  const last = classNames.length - 1;
  for (const [f, bytes] of files.entries()) {
    const name = [...train, ...test][f];
    for (let at = 0, record = 0; at < bytes.length; at += labelBytes + SIZE, ++record) {
      const i = splits.length;
      // The coarse label precedes the fine one.
      labels[i] = requireInteger(
        `label of ${name}`,
        bytes[at + Number(isHundred && kind === 'fine')],
        0,
        last,
      );
      interleave(bytes.subarray(at + labelBytes, at + labelBytes + SIZE), pixels, i * SIZE);
      splits.push(f < train.length ? 'train' : 'test');
      places.push(`${basename(name)}[${record}]`);
    }
  }
  setAside(splits, labels, classNames.length, shares, seed);
  const reader = new BytesReader(pixels, SHAPE, (index) => places[index]);
  return labeledSplits({reader, labels, classNames, splits, batching: batchOptions(options)});
}

/** Moves a share of each class's training images to validation. */
export function setAside(
  splits: Split[],
  labels: Int32Array,
  numClasses: number,
  shares: {validation: number; test: number},
  seed: number,
): void {
  const training = splits.flatMap((split, i) => (split === 'train' ? [i] : []));
  const own = stratifiedSplit(
    Int32Array.from(training, (i) => labels[i]),
    numClasses,
    shares,
    seed,
  );
  for (const [k, i] of training.entries()) splits[i] = own[k];
}

/** Interleaves the channel planes of one image into pixels. */
function interleave(planes: Uint8Array, pixels: Uint8Array, at: number): void {
  const plane = SIZE / 3;
  for (let i = 0; i < plane; ++i) {
    for (let c = 0; c < 3; ++c) pixels[at + 3 * i + c] = planes[c * plane + i];
  }
}

function readRecords(file: string, labelBytes: number): Buffer {
  const bytes = read(file);
  if (bytes.length === 0 || bytes.length % (labelBytes + SIZE) !== 0) {
    throw new ValueError(
      `Expected ${file} to have records of ${labelBytes + SIZE} bytes. Received: ${bytes.length} bytes`,
    );
  }
  return bytes;
}

function read(file: string): Buffer {
  if (!existsSync(file))
    throw new ValueError(`Expected a file of CIFAR's binary version. Received: no ${file}`);
  return readFileSync(file);
}
