import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {Column, isShaped, type NumericArray, type ShapedArray} from './sample_array';
import type {BatchTensors} from './sample_source';

/**
 * One input or output of a sample: a number, numbers in a typed array (of shape `[length]`) or nested arrays,
 * `{data, shape}` of a typed array, or a tensor, which is disposed.
 */
export type SampleValue = number | NumericArray | readonly unknown[] | ShapedArray | Tensor;

/** A model's only input or output, or all of them by name. */
export type SampleElement = SampleValue | {readonly [name: string]: SampleValue};

/**
 * Stacks samples into a batch, along a new first axis.
 *
 * @param argument The caller's name for a sample, for messages.
 * @throws ValueError for samples that differ in kind, names or shape.
 */
export function collate(argument: string, samples: readonly unknown[]): BatchTensors {
  if (!samples.every(isRecord)) return collateValues(argument, samples);
  const names = Object.keys(samples[0] as object);
  if (names.length === 0 || samples.some((sample) => Object.keys(sample).join() !== names.join())) {
    reject(argument, `samples with the same names, ${names.join(', ')}`, samples);
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      collateValues(
        `${argument}.${name}`,
        samples.map((sample) => sample[name]),
      ),
    ]),
  );
}

function collateValues(argument: string, samples: readonly unknown[]): Tensor {
  const is = (check: (sample: unknown) => boolean) => samples.every(check);
  const [first] = samples;
  if (is((sample) => sample instanceof tfc.Tensor)) {
    const tensors = samples as Tensor[];
    const {shape} = tensors[0];
    if (!is((sample) => (sample as Tensor).shape.join() === shape.join())) unlike(argument, samples);
    return tfc.stack(tensors);
  }
  if (is((sample) => typeof sample === 'number')) return tfc.tensor1d(samples as number[]);
  if (is(Array.isArray)) return ofNested(argument, samples);
  const shape = isShaped(first) ? first.shape : [(first as NumericArray | undefined)?.length];
  const arrays = samples.map((sample) => (isShaped(sample) ? sample.data : sample) as NumericArray);
  const sameShape = (sample: unknown) =>
    (isShaped(sample) ? sample.shape : [(sample as NumericArray)?.length]).join() === shape.join();
  if (!arrays.every((array) => ArrayBuffer.isView(array)) || !is(sameShape)) unlike(argument, samples);
  const type = arrays[0].constructor as new (length: number) => NumericArray;
  if (!arrays.every((array) => array instanceof type)) unlike(argument, samples);
  const size = arrays[0].length;
  const data = new type(samples.length * size);
  for (let k = 0; k < arrays.length; ++k) data.set(arrays[k], k * size);
  const column = new Column(argument, {data, shape: [samples.length, ...(shape as number[])]});
  return column.tensor(column.gather(samples.map((_, k) => k)));
}

function ofNested(argument: string, samples: readonly unknown[]): Tensor {
  const shape = nestedShape(samples);
  return shape ? tfc.tensor(samples as number[][], shape, 'float32') : unlike(argument, samples);
}

/** The shape of nested arrays of numbers; undefined if they are ragged. tfjs checks only the first of each. */
function nestedShape(value: unknown): number[] | undefined {
  if (typeof value === 'number') return [];
  if (!Array.isArray(value)) return undefined;
  const shapes = value.map(nestedShape);
  const [first = []] = shapes;
  return shapes.every((shape) => shape?.join() === first.join()) ? [value.length, ...first] : undefined;
}

function unlike(argument: string, samples: readonly unknown[]): never {
  return reject(argument, 'numbers, arrays or tensors, of one kind and shape in all samples', samples);
}

function isRecord(sample: unknown): sample is Record<string, unknown> {
  return Object.getPrototypeOf(sample ?? 0) === Object.prototype && !isShaped(sample);
}
