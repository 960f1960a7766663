import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {checkOptions} from '../../core/check_options';
import {reject, ValueError} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {setAside} from './cifar';
import {checkClassNames} from './class_indices';
import {BATCH_OPTIONS, batchOptions, type ImageBatchOptions} from './image_options';
import {BytesReader, type ImageShape} from './image_reader';
import {type LabeledSplits, labeledSplits} from './labeled_splits';
import {checkShares, type Split} from './splits';

/** A file of images and the file of their labels. */
export interface IdxFiles {
  /** `train-images-idx3-ubyte` or the like, also as .gz. */
  images: string;
  /** `train-labels-idx1-ubyte` or the like, also as .gz. */
  labels: string;
}

/** Options of `idxImages`. */
export interface IdxOptions extends ImageBatchOptions {
  /** Test files. Default: none. */
  test?: IdxFiles;
  /** Share of each class's training images to set aside for validation. Default: 0. */
  validation?: number;
  /** Names of the classes, in index order. Default: the labels as numbers. */
  classNames?: readonly string[];
}

const UNSIGNED_BYTES = 8;

/**
 * Images and labels in IDX files, the format of MNIST (LeCun), Fashion-MNIST, KMNIST and EMNIST, held in memory:
 * `[height, width, 1]`, or with channels if the file has four dimensions.
 *
 * @param files The training files.
 * @throws ValueError naming a file that is missing or not an IDX file of bytes; for images and labels that differ in
 *   number or shape; for options that are unknown or out of range.
 */
export async function idxImages(files: IdxFiles, options: IdxOptions = {}): Promise<LabeledSplits> {
  checkOptions('idxImages', files, ['images', 'labels']);
  checkOptions('idxImages', options, [...BATCH_OPTIONS, 'test', 'validation', 'classNames']);
  const seed = requireInteger('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER);
  const shares = checkShares({validation: options.validation});
  const given = options.test ? [files, options.test] : [files];
  const parts = given.map(readPart);
  const [{shape}] = parts;
  for (const part of parts) {
    if (part.shape.join() !== shape.join()) reject('test.images', `images of shape ${shape}`, part.shape);
  }
  const labels = Int32Array.from(parts.flatMap((part) => [...part.labels]));
  const most = labels.reduce((a, b) => Math.max(a, b), 0);
  const classNames = checkClassNames(
    options.classNames ?? Array.from({length: Math.max(2, most + 1)}, (_, j) => String(j)),
  );
  if (most >= classNames.length) reject('classNames', `the names of ${most + 1} classes`, classNames);
  const splits = parts.flatMap(({labels: own}, p) =>
    Array<Split>(own.length).fill(p === 0 ? 'train' : 'test'),
  );
  setAside(splits, labels, classNames.length, shares, seed);
  const pixels = Buffer.concat(parts.map((part) => part.pixels));
  const first = parts[0].labels.length;
  const nameOf = (i: number) => (i < first ? `${given[0].images}[${i}]` : `${given[1].images}[${i - first}]`);
  const reader = new BytesReader(pixels, shape, nameOf);
  return labeledSplits({reader, labels, classNames, splits, batching: batchOptions(options)});
}

function readPart({images, labels}: IdxFiles): {pixels: Uint8Array; shape: ImageShape; labels: Uint8Array} {
  const {dims, data: pixels} = readIdx('images', images);
  const own = readIdx('labels', labels);
  if (dims.length < 3 || dims.length > 4) reject('images', 'an IDX file of three or four dimensions', images);
  if (own.dims.length !== 1 || own.dims[0] !== dims[0]) {
    reject(
      'labels',
      `an IDX file of ${dims[0]} labels, one for each image`,
      `${labels} of shape ${own.dims}`,
    );
  }
  return {pixels, shape: [dims[1], dims[2], dims[3] ?? 1], labels: own.data};
}

function readIdx(argument: string, file: string): {dims: number[]; data: Uint8Array} {
  if (typeof file !== 'string') reject(argument, 'an IDX file', file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  } catch (error) {
    throw new ValueError(
      `Expected \`${argument}\` to be readable. Received: ${file} (${(error as Error).message})`,
    );
  }
  const rank = bytes[3];
  const isIdx = bytes.length >= 4 && bytes.readUInt16BE(0) === 0 && bytes[2] === UNSIGNED_BYTES && rank > 0;
  if (!isIdx || bytes.length < 4 + 4 * rank) reject(argument, 'an IDX file of unsigned bytes', file);
  const dims = Array.from({length: rank}, (_, d) => bytes.readUInt32BE(4 + 4 * d));
  const data = bytes.subarray(4 + 4 * rank);
  const size = dims.reduce((product, n) => product * n, 1);
  if (data.length !== size)
    reject(argument, `an IDX file of ${size} values, as its header says`, data.length);
  return {dims, data};
}
