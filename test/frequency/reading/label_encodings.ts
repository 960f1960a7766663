import * as tf from '@tensorflow/tfjs';
import type {LabelOptions} from '../../../src/frequency';

/** The classes of some images, and how many classes there are. */
export interface Images {
  numClasses: number;
  images: number[][];
}

/** Image-level counts in the most literal way: an image counts once for each class in its set. */
export function naiveCounts({numClasses, images}: Images): number[] {
  return Array.from({length: numClasses}, (_, j) => images.filter((classes) => classes.includes(j)).length);
}

export interface Encoding {
  name: string;
  options: Required<Omit<LabelOptions, 'ignoreLabel'>>;
  /** At most one class per image. */
  single: boolean;
  /** Elements of a dataset that hold the labels of all the images. */
  encode(images: Images): tf.TensorContainer[];
}

// With one class an integer says whether an image holds it.
const index = (classes: number[], numClasses: number) =>
  numClasses === 1 ? classes.length && 1 : (classes[0] ?? numClasses);
const hot = (classes: number[], width: number) =>
  Array.from({length: width}, (_, j) => (classes.includes(j) ? 1 : 0));
const hotWithBackground = (classes: number[], numClasses: number) => {
  const row = hot(classes, numClasses + 1);
  row[numClasses] = classes.length === 0 ? 1 : 0;
  return row;
};

type Labels = LabelOptions['labels'] & string;
type PerImage = (classes: number[], numClasses: number) => tf.TensorContainer;
type PerBatch = (images: number[][], numClasses: number) => tf.TensorContainer;

function perImage(name: string, labels: Labels, encodeOne: PerImage): Encoding {
  return {
    name: `${labels}: ${name}`,
    options: {labels, batched: false},
    single: labels === 'integer' || labels === 'oneHot',
    encode: ({images, numClasses}) => images.map((classes) => encodeOne(classes, numClasses)),
  };
}

function perBatch(name: string, labels: Labels, encodeBatch: PerBatch, batchSize = 3): Encoding {
  return {
    name: `${labels}, batched: ${name}`,
    options: {labels, batched: true},
    single: labels === 'integer' || labels === 'oneHot',
    encode: ({images, numClasses}) => {
      const starts = images.map((_, i) => i).filter((i) => i % batchSize === 0);
      return starts.map((i) => encodeBatch(images.slice(i, i + batchSize), numClasses));
    },
  };
}

const indices: PerBatch = (images, c) => images.map((classes) => index(classes, c));

/** Every container in every form in which labels may come. */
export const ENCODINGS: Encoding[] = [
  perImage('number', 'integer', index),
  perImage('tensor []', 'integer', (x, c) => tf.scalar(index(x, c), 'int32')),
  perImage('tensor [1]', 'integer', (x, c) => tf.tensor1d([index(x, c)])),
  perImage('Int32Array', 'integer', (x, c) => Int32Array.of(index(x, c))),
  perBatch('tensor [b]', 'integer', (x, c) => tf.tensor1d(indices(x, c) as number[], 'int32')),
  perBatch('tensor [b, 1]', 'integer', (x, c) => tf.tensor2d(indices(x, c) as number[], [x.length, 1])),
  perBatch('Float32Array', 'integer', (x, c) => Float32Array.from(indices(x, c) as number[])),
  perBatch('number[]', 'integer', indices),
  perImage('number[C]', 'oneHot', hot),
  perBatch('tensor [b, C + 1]', 'oneHot', (x, c) => tf.tensor2d(x.map((y) => hotWithBackground(y, c)))),
  perImage('number[C]', 'multiHot', hot),
  perImage('number[C + 1]', 'multiHot', hotWithBackground),
  perImage('Uint8Array[C]', 'multiHot', (x, c) => Uint8Array.from(hot(x, c))),
  perImage('tensor [C + 1]', 'multiHot', (x, c) => tf.tensor1d(hotWithBackground(x, c))),
  perBatch('bool tensor [b, C]', 'multiHot', (x, c) =>
    tf.tensor2d(
      x.flatMap((y) => hot(y, c)),
      [x.length, c],
      'bool',
    ),
  ),
  perBatch('tensor [b, C + 1]', 'multiHot', (x, c) => tf.tensor2d(x.map((y) => hotWithBackground(y, c)))),
  perBatch('number[][]', 'multiHot', (x, c) => x.map((y) => hot(y, c))),
  perImage('number[]', 'list', (x) => x),
  perImage('Int32Array', 'list', (x) => Int32Array.from(x)),
  perImage('tensor', 'list', (x) => tf.tensor1d(x, 'int32')),
  perBatch('number[][]', 'list', (x) => x),
  perBatch('Uint8Array[]', 'list', (x) => x.map((y) => Uint8Array.from(y))),
];
