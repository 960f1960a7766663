import type {DataId, TensorInfo} from '@tensorflow/tfjs-core';
import test from 'ava';
import type {UploadingBackend} from '../../../../src/kernels/gpu/uploading_backend';
import {keptWeights} from '../../../../src/kernels/losses/gpu/kept_weights';

/** A backend that remembers what it holds. */
class Memory implements UploadingBackend {
  readonly held = new Map<DataId, Float32Array>();
  uploads = 0;

  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo {
    ++this.uploads;
    const dataId = {};
    this.held.set(dataId, values);
    return {dataId, shape, dtype};
  }

  disposeData(dataId: DataId): boolean {
    return this.held.delete(dataId);
  }
}

test('1 − β · T is rounded once, from float64', (t) => {
  const backend = new Memory();
  const tail = Float64Array.of(0, 1, 1 - 1e-12, 0.4);
  const {dataId, shape} = keptWeights(backend, tail, 1);
  t.deepEqual(shape, [4]);
  t.deepEqual(backend.held.get(dataId), Float32Array.of(1, 0, 1 - (1 - 1e-12), 0.6));
  t.deepEqual(backend.held.get(keptWeights(backend, tail, 0.5).dataId)?.[1], 0.5);
});

test('the same array is uploaded once per β and backend', (t) => {
  const [one, other] = [new Memory(), new Memory()];
  const tail = Float64Array.of(0, 1);
  const first = keptWeights(one, tail, 1);
  for (let step = 0; step < 100; ++step) {
    t.is(keptWeights(one, tail, 1).dataId, first.dataId);
    keptWeights(one, tail, 0.9);
    keptWeights(other, tail, 1);
  }
  t.deepEqual([one.uploads, other.uploads], [2, 1]);
  t.is(keptWeights(one, tail.slice(), 1).dataId === first.dataId, false);
});

test('arrays that keep changing do not accumulate memory, and those in use stay', (t) => {
  const backend = new Memory();
  const used = Float64Array.of(1);
  const first = keptWeights(backend, used, 1);
  for (let step = 0; step < 1000; ++step) {
    const changing = keptWeights(backend, Float64Array.of(step / 1000), 1);
    t.true(backend.held.has(changing.dataId));
    t.is(keptWeights(backend, used, 1).dataId, first.dataId);
  }
  t.true(backend.held.has(first.dataId));
  t.true(backend.held.size < 30);
});
