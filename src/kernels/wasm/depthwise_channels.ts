import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type BackendWasm, floats} from './kernel';

/**
 * Repeats every channel of the last axis `times` times: channel c becomes c · times … (c + 1) · times − 1. A depthwise
 * convolution with channel multiplier m equals one without, on input repeated m times.
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

/** The reverse of `repeatChannels`, and its gradient: sums every `times` neighbors. */
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
