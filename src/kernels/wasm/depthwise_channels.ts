import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type BackendWasm, floats} from './kernel';

/**
 * The last axis with every channel repeated `times` times: channel c becomes c · times … (c + 1) · times − 1. A
 * depthwise convolution with a channel multiplier m is one without, of input that is repeated m times.
 */
export function repeatChannels(x: TensorInfo, times: number, backend: BackendWasm): TensorInfo {
  const shape = [...x.shape.slice(0, -1), x.shape[x.shape.length - 1] * times];
  const out = backend.makeOutput(shape, 'float32');
  const from = floats(backend, x);
  const to = floats(backend, out);
  for (let i = 0, at = 0; i < from.length; i++) {
    for (const end = at + times; at < end; at++) to[at] = from[i];
  }
  return out;
}

/** The reverse, and the gradient, of `repeatChannels`: the sum of every `times` neighbours. */
export function sumChannelGroups(x: TensorInfo, times: number, backend: BackendWasm): TensorInfo {
  const shape = [...x.shape.slice(0, -1), x.shape[x.shape.length - 1] / times];
  const out = backend.makeOutput(shape, 'float32');
  const from = floats(backend, x);
  const to = floats(backend, out);
  for (let i = 0, at = 0; i < to.length; i++) {
    let sum = 0;
    for (const end = at + times; at < end; at++) sum += from[at];
    to[i] = sum;
  }
  return out;
}
