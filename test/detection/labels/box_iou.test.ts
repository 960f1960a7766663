import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {boxIoU} from '../../../src/detection';
import {useBackend} from '../../helpers/backends';
import {cellBoxes, cellIoU} from '../../helpers/boxes';
import {useGpuLikeBackend} from '../../helpers/gpu_like';

const hosts = {cpu: () => useBackend('cpu'), wasm: () => useBackend('wasm'), 'gpu-like': useGpuLikeBackend};

for (const [name, use] of Object.entries(hosts)) {
  test.serial(`IoUs are shares of cells, of arrays and tensors: ${name}`, async (t) => {
    await use();
    fc.assert(
      fc.property(cellBoxes(), cellBoxes(), (a, b) => {
        const expected = a.map((p) => b.map((q) => Math.fround(cellIoU(p, q))));
        const before = tf.memory().numTensors;
        tf.tidy(() => {
          const tensors = [a, b].map((boxes) => tf.tensor2d(boxes.flat(), [boxes.length, 4]));
          for (const [p, q] of [
            [a, b],
            [tensors[0], b],
            [tensors[0], tensors[1]],
            [Float32Array.from(a.flat()), Float64Array.from(b.flat())],
          ]) {
            const iou = boxIoU(p as number[][], q as number[][]);
            t.deepEqual(iou.shape, [a.length, b.length]);
            const values = iou.arraySync();
            for (const [i, row] of expected.entries()) {
              for (const [j, value] of row.entries()) t.true(Math.abs(values[i][j] - value) < 1e-6);
            }
          }
        });
        t.is(tf.memory().numTensors, before);
      }),
      {numRuns: 30},
    );
  });

  test.serial(`boxes without area and with swapped corners intersect nothing: ${name}`, async (t) => {
    await use();
    const whole = [0, 0, 10, 10];
    const flat = [
      [2, 2, 2, 8],
      [5, 5, 5, 5],
      [8, 8, 2, 2],
      [2, 8, 8, 2],
    ];
    t.deepEqual(boxIoU(flat, [whole, ...flat]).dataSync(), new Float32Array(20));
    t.deepEqual(boxIoU([], [whole]).shape, [0, 1]);
    t.deepEqual(boxIoU([whole], []).shape, [1, 0]);
  });
}

test.serial('refuses other shapes and numbers that are not finite', async (t) => {
  await useBackend('cpu');
  const box = [0, 0, 1, 1];
  t.throws(() => boxIoU([box, [1, 2, 3]], [box]), {message: /^Expected `a\[1\]` to be four finite numbers/});
  t.throws(() => boxIoU([box], [[0, 0, 1, Number.NaN]]), {
    message: /^Expected `b\[0\]` to be four finite numbers/,
  });
  t.throws(() => boxIoU([box], tf.zeros([2, 3])), {
    message: /^Expected `b` to be a tensor of shape \[n, 4\]/,
  });
  t.throws(() => boxIoU(new Float32Array(6), [box]), {message: /^Expected `a` to be of four numbers a box/});
  t.throws(() => boxIoU(undefined as never, [box]), {message: /^Expected `a` to be boxes/});
});
