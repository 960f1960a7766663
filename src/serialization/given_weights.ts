import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject, show, ValueError} from '../core/errors';

/** By output, the weight of each sample; null if samples are not weighted. */
export type GivenWeights = Array<Float32Array | null>;

type Values = ArrayLike<number>;

/**
 * Reads and checks `sampleWeight` by output: weights for all outputs at once (`[batch]` or `[batch, 1]`, as tensor,
 * typed array or array), or an array or dictionary of such weights, one per output.
 *
 * @throws ValueError naming the output for other shapes, and for weights that are negative or not finite.
 */
export function readSampleWeight(sampleWeight: unknown, outputNames: string[]): GivenWeights {
  return byOutput(sampleWeight, outputNames).map((given, i) =>
    given == null
      ? null
      : checked(given, given instanceof tfc.Tensor ? given.dataSync() : null, outputNames, i),
  );
}

/** Like `readSampleWeight`, but does not block on a GPU. */
export async function readSampleWeightAsync(
  sampleWeight: unknown,
  outputNames: string[],
): Promise<GivenWeights> {
  const read: GivenWeights = [];
  for (const [i, given] of byOutput(sampleWeight, outputNames).entries()) {
    const data = given instanceof tfc.Tensor ? await given.data() : null;
    read.push(given == null ? null : checked(given, data, outputNames, i));
  }
  return read;
}

/** @throws ValueError unless there is one weight for each of the `rows` samples. */
export function checkLengths(given: GivenWeights, rows: number, outputNames: string[]): void {
  for (const [i, weights] of given.entries()) {
    if (weights != null && weights.length !== rows) {
      reject('sampleWeight', `one weight for each of the ${rows} samples${of(outputNames, i)}`, weights);
    }
  }
}

/** Converts the weights to tensors `[batch]`, which the caller disposes. */
export function toTensors(given: GivenWeights): Array<Tensor | null> {
  return given.map((weights) => weights && tfc.tensor1d(weights));
}

function byOutput(given: unknown, names: string[]): unknown[] {
  if (isOne(given)) return names.map(() => given);
  if (typeof given !== 'object' || given === null) return refuse(given, names);
  if (!Array.isArray(given)) {
    const unknown = Object.keys(given).filter((name) => !names.includes(name));
    if (unknown.length > 0) {
      reject('sampleWeight', `by the names of the outputs: ${names.join(', ')}`, given);
    }
    return names.map((name) => (given as Record<string, unknown>)[name] ?? null);
  }
  if (given.length === names.length) return given;
  // Rows [batch, 1] of a single output.
  return names.length === 1 ? [given] : refuse(given, names);
}

function isOne(given: unknown): boolean {
  if (given instanceof tfc.Tensor || ArrayBuffer.isView(given)) return true;
  return Array.isArray(given) && given.every((weight) => typeof weight === 'number');
}

function refuse(given: unknown, names: string[]): never {
  const each = names.length > 1 ? `, or one such for each of the outputs ${names.join(', ')}` : '';
  return reject('sampleWeight', `weights of samples, [batch] or [batch, 1]${each}`, given);
}

function checked(given: unknown, data: Values | null, names: string[], output: number): Float32Array {
  const values = data == null ? plainValues(given) : isColumn(given as Tensor) ? data : undefined;
  if (values === undefined) {
    return reject('sampleWeight', `one weight per sample, [batch] or [batch, 1]${of(names, output)}`, given);
  }
  for (let i = 0; i < values.length; ++i) {
    if (typeof values[i] === 'number' && values[i] >= 0 && values[i] < Number.POSITIVE_INFINITY) continue;
    throw new ValueError(
      `Expected \`sampleWeight\` to hold finite numbers ≥ 0${of(names, output)}. ` +
        `Received: ${show(values[i])} of sample ${i}`,
    );
  }
  return Float32Array.from(values);
}

function isColumn({shape, dtype}: Tensor): boolean {
  const isNumber = dtype === 'float32' || dtype === 'int32' || dtype === 'bool';
  return isNumber && (shape.length === 1 || (shape.length === 2 && shape[1] === 1));
}

function plainValues(given: unknown): Values | undefined {
  // All other views are typed arrays.
  if (ArrayBuffer.isView(given)) return given instanceof DataView ? undefined : (given as unknown as Values);
  if (!Array.isArray(given)) return undefined;
  if (given.every((weight) => !Array.isArray(weight))) return given;
  const isRows = given.every((row) => Array.isArray(row) && row.length === 1);
  return isRows ? given.map(([weight]) => weight) : undefined;
}

function of(names: string[], output: number): string {
  return names.length > 1 ? ` for output '${names[output]}'` : '';
}
