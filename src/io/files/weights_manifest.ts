import type {io} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

const BYTES: Record<string, number> = {float32: 4, int32: 4, bool: 1, complex64: 8};
const QUANTIZED_BYTES: Record<string, number> = {uint8: 1, uint16: 2, float16: 2};
const STRING_LENGTH_BYTES = 4;
const LONGEST_PATH = 4096;

/** A group of files and the weights whose bytes they hold. */
export interface Group {
  paths: string[];
  weights: io.WeightsManifestEntry[];
}

/**
 * Checks the whole weightsManifest of a model.json, so that decoding can neither fail nor allocate more than the files
 * hold.
 *
 * @throws ValueError naming the place in the file.
 */
export function checkManifest(manifest: unknown, file: string): Group[] {
  const at = (place: string) => `weightsManifest${place} of ${file}`;
  if (!Array.isArray(manifest)) reject(at(''), 'an array of {paths, weights}', manifest);
  const names = new Set<unknown>();
  manifest.forEach((group, i) => {
    if (!Array.isArray(group?.paths)) reject(at(`[${i}].paths`), 'an array of strings', group?.paths);
    if (!Array.isArray(group.weights)) reject(at(`[${i}].weights`), 'an array of objects', group.weights);
    group.paths.forEach((path: unknown, j: number) => {
      const isPath = typeof path === 'string' && path !== '' && path.length <= LONGEST_PATH;
      if (!isPath || path.includes('\0')) reject(at(`[${i}].paths[${j}]`), 'the path of a file', path);
    });
    group.weights.forEach((spec: unknown, j: number) => {
      const place = (key: string) => at(`[${i}].weights[${j}]${key}`);
      checkSpec(spec, place);
      const {name} = spec as io.WeightsManifestEntry;
      if (names.has(name)) reject(place('.name'), 'another than those of other weights', name);
      names.add(name);
    });
  });
  return manifest;
}

function checkSpec(spec: unknown, at: (key: string) => string): void {
  const {name, shape, dtype, quantization} = (spec ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '__proto__') reject(at('.name'), 'the name of a weight', name);
  const isSize = (size: unknown) => Number.isSafeInteger(size) && (size as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isSize)) reject(at('.shape'), 'an array of integers ≥ 0', shape);
  if (!Number.isSafeInteger(sizeOf(shape))) reject(at('.shape'), 'one that fits into memory', shape);
  const isKnown = typeof dtype === 'string' && (dtype === 'string' || Object.hasOwn(BYTES, dtype));
  if (!isKnown) reject(at('.dtype'), `one of ${Object.keys(BYTES).join(', ')}, string`, dtype);
  if (typeof spec === 'object' && spec !== null && 'quantization' in spec)
    checkQuantization(quantization, dtype, at);
}

function checkQuantization(quantization: unknown, dtype: unknown, at: (key: string) => string): void {
  const {dtype: stored, min, scale} = (quantization ?? {}) as Record<string, unknown>;
  const allowed = dtype === 'float32' ? ['uint8', 'uint16', 'float16'] : ['uint8', 'uint16'];
  if (dtype !== 'float32' && dtype !== 'int32')
    reject(at('.dtype'), 'float32 or int32 where there is a quantization', dtype);
  if (!allowed.includes(stored as string))
    reject(at('.quantization.dtype'), `one of ${allowed.join(', ')}`, stored);
  if (stored === 'float16') return;
  if (!Number.isFinite(min)) reject(at('.quantization.min'), 'a finite number', min);
  if (!Number.isFinite(scale)) reject(at('.quantization.scale'), 'a finite number', scale);
}

/**
 * The bytes of a group's weights, a lower bound if some are strings: their lengths are in the data, not the manifest.
 */
export function groupBytes(weights: io.WeightsManifestEntry[]): {bytes: number; isExact: boolean} {
  const bytes = weights.reduce((total, spec) => total + sizeOf(spec.shape) * bytesPerValue(spec), 0);
  return {bytes, isExact: weights.every(({dtype}) => dtype !== 'string')};
}

/** Whether weights that include strings fill `data` exactly. */
export function fillsExactly(weights: io.WeightsManifestEntry[], data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let place = 0;
  for (const spec of weights) {
    const count = sizeOf(spec.shape);
    if (spec.dtype !== 'string') place += count * bytesPerValue(spec);
    else {
      for (let i = 0; i < count; i++) {
        if (place + STRING_LENGTH_BYTES > data.length) return false;
        place += STRING_LENGTH_BYTES + view.getUint32(place, true);
      }
    }
  }
  return place === data.length;
}

function bytesPerValue({dtype, quantization}: io.WeightsManifestEntry): number {
  if (quantization !== undefined) return QUANTIZED_BYTES[quantization.dtype];
  return dtype === 'string' ? STRING_LENGTH_BYTES : BYTES[dtype];
}

function sizeOf(shape: number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
}
