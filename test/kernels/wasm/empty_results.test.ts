import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {gradientsOf, sameOnUsedMemory} from '../../helpers/used_memory';

type Cases = Record<string, () => tf.Tensor | tf.Tensor[]>;
const ones = (...shape: number[]) => tf.ones(shape) as never;

/** Batches without images, images without pixels or channels, and images that are smaller than a window. */
const IMAGES = [
  [0, 6, 6, 3],
  [2, 0, 4, 3],
  [2, 4, 0, 3],
  [2, 0, 0, 3],
  [2, 6, 6, 0],
  [2, 2, 2, 3],
  [2, 2, 6, 3],
];

test.serial('convolutions and pooling with an empty result match the cpu backend', async (t) => {
  const cases: Cases = {};
  for (const shape of IMAGES) {
    for (const pad of ['same', 'valid'] as const) {
      if (pad === 'valid' && shape.slice(1, 3).includes(0)) continue; // The next test has them.
      for (const strides of [1, 2, 4]) {
        const [, height, width, channels] = shape;
        const call = `of [${shape}], ${pad}, strides ${strides}`;
        const filter = [3, 3, channels, 4];
        const depthFilter = [3, 3, channels, 2];
        const conv2d = (x: never, w: never) => tf.conv2d(x, w, strides, pad);
        const fused = (x: never, filter: never, bias: never) =>
          tf.fused.conv2d({x, filter, bias, strides, pad, activation: 'relu'});
        const depthwise = (x: never, w: never) => tf.depthwiseConv2d(x, w, strides, pad);
        const conv3d = (x: never, w: never) => tf.conv3d(x, w, strides, pad);
        const maxPool = (x: never) => tf.maxPool(x, 3, strides, pad);
        const avgPool = (x: never) => tf.avgPool(x, 3, strides, pad);
        const maxPool3d = (x: never) => tf.maxPool3d(x, 3, strides, pad);
        const volume = [shape[0], 3, height, width, channels];
        Object.assign(cases, {
          [`conv2d ${call}`]: () => conv2d(ones(...shape), ones(...filter)),
          [`fused conv2d ${call}`]: () => fused(ones(...shape), ones(...filter), ones(4)),
          [`depthwise conv2d ${call}`]: () => depthwise(ones(...shape), ones(...depthFilter)),
          [`fused depthwise conv2d ${call}`]: () =>
            tf.fused.depthwiseConv2d({x: ones(...shape), filter: ones(...depthFilter), strides, pad}),
          [`max pooling ${call}`]: () => maxPool(ones(...shape)),
          [`average pooling ${call}`]: () => avgPool(ones(...shape)),
          [`conv3d ${call}`]: () => conv3d(ones(...volume), ones(3, ...filter)),
          [`3D max pooling ${call}`]: () => maxPool3d(ones(...volume)),
          [`gradients of conv2d ${call}`]: () => gradientsOf(conv2d, ones(...shape), ones(...filter)),
          [`gradients of depthwise conv2d ${call}`]: () =>
            gradientsOf(depthwise, ones(...shape), ones(...depthFilter)),
          [`gradients of conv3d ${call}`]: () => gradientsOf(conv3d, ones(...volume), ones(3, ...filter)),
          [`gradient of max pooling ${call}`]: () => gradientsOf(maxPool, ones(...shape)),
          [`gradient of average pooling ${call}`]: () => gradientsOf(avgPool, ones(...shape)),
          [`gradient of 3D max pooling ${call}`]: () => gradientsOf(maxPool3d, ones(...volume)),
        });
      }
    }
  }
  await sameOnUsedMemory(t, cases);
});

test.serial('windows without padding on images without pixels are rejected', async (t) => {
  await useBackend('wasm');
  const [image, filter] = [tf.ones<tf.Rank.R4>([2, 0, 0, 3]), tf.ones<tf.Rank.R4>([3, 3, 3, 2])];
  const calls: Record<string, () => tf.Tensor> = {
    Conv2D: () => tf.conv2d(image, filter, 1, 'valid'),
    DepthwiseConv2dNative: () => tf.depthwiseConv2d(image, filter, 1, 'valid'),
    MaxPool: () => tf.maxPool(image, 3, 1, 'valid'),
    AvgPool: () => tf.avgPool(image, 3, 1, 'valid'),
  };
  for (const [kernel, run] of Object.entries(calls)) {
    t.throws(run, {
      name: 'ValueError',
      message: `Expected \`x\` to be large enough for the windows of ${kernel}. Received: tensor of shape [2, 0, 0, 3]`,
    });
  }
});

test.serial('ops that move values, or work on each, are empty if their input is', async (t) => {
  const cases: Cases = {};
  for (const shape of [[0], [0, 3], [3, 0], [0, 2, 3], [2, 0, 3], [2, 3, 0], [0, 2, 3, 4]]) {
    const x = () => ones(...shape);
    const ranks = shape.map((_, axis) => axis);
    Object.assign(cases, {
      [`transpose [${shape}]`]: () => tf.transpose(x()),
      [`transpose [${shape}], axes turned`]: () => tf.transpose(x(), [...ranks.slice(1), 0]),
      [`prelu [${shape}]`]: () => tf.prelu(x(), ones(...shape.slice(-1))),
      [`gradients of prelu [${shape}]`]: () =>
        gradientsOf((x, a) => tf.prelu(x, a), x(), ones(...shape.slice(-1))),
      [`tile [${shape}]`]: () =>
        tf.tile(
          x(),
          ranks.map(() => 2),
        ),
      [`gradient of tile [${shape}]`]: () =>
        gradientsOf(
          (x: tf.Tensor) =>
            tf.tile(
              x,
              ranks.map(() => 2),
            ),
          x(),
        ),
      [`cast [${shape}]`]: () => tf.cast(x(), 'int32'),
      [`clone [${shape}]`]: () => tf.clone(x()),
      [`log1p [${shape}]`]: () => tf.log1p(x()),
      [`softmax [${shape}]`]: () => tf.softmax(x()),
      [`gradient of softmax [${shape}]`]: () => gradientsOf((x: tf.Tensor) => tf.softmax(x), x()),
      [`gradient of logSoftmax [${shape}]`]: () => gradientsOf((x: tf.Tensor) => tf.logSoftmax(x), x()),
      [`gradients of x + bias [${shape}]`]: () =>
        gradientsOf((x, b) => tf.add(x, b), x(), ones(...shape.slice(-1))),
      [`gradients of concat [${shape}]`]: () =>
        gradientsOf(
          (...parts) => tf.concat(parts as tf.Tensor[], shape.indexOf(0)),
          x(),
          ones(...shape.map((n) => n || 2)),
        ),
    });
  }
  await sameOnUsedMemory(t, cases);
});

test.serial('gather: no rows, no columns, no ids', async (t) => {
  const cases: Cases = {};
  for (const [shape, ids, axis] of [
    [[3, 4], [0], 0],
    [[3, 4], [0, 2], 0],
    [[0, 4], [0], 0],
    [[3, 0], [2], 0],
    [[3, 0], [2, 2], 0],
    [[2, 0, 4], [0], 1],
    [[0, 3, 4], [2], 1],
    [[3, 4], [2, 0], 1],
  ] as const) {
    const gather = (x: tf.Tensor) => tf.gather(x, tf.zeros([...ids], 'int32'), axis);
    cases[`[${shape}] by [${ids}]`] = () => gather(tf.ones([...shape]));
    // The cpu backend has no gradient where the gathered axis is empty.
    if (shape[axis] > 0)
      cases[`gradient of [${shape}] by [${ids}]`] = () => gradientsOf(gather, tf.ones([...shape]));
  }
  await sameOnUsedMemory(t, cases);
});

test.serial('unsortedSegmentSum of no rows and of no columns', async (t) => {
  const cases: Cases = {};
  for (const [shape, rows] of [
    [[0, 4], 0],
    [[0], 0],
    [[2, 0], 2],
    [[0, 2, 0], 0],
  ] as const) {
    const sum = (x: tf.Tensor) => tf.unsortedSegmentSum(x, tf.zeros<tf.Rank.R1>([rows], 'int32'), 3);
    cases[`[${shape}]`] = () => sum(tf.ones([...shape]));
    cases[`gradient of [${shape}]`] = () => gradientsOf(sum, tf.ones([...shape]));
  }
  await sameOnUsedMemory(t, cases);
});
