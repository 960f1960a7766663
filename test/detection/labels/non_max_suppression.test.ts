import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {nonMaxSuppression} from '../../../src/detection';
import {useBackend} from '../../helpers/backends';
import {cellBoxes, cellIoU} from '../../helpers/boxes';

/** Greedy suppression of one class, box by box. */
function greedily(
  boxes: number[][],
  scores: number[],
  iouThreshold: number,
  scoreThreshold: number,
): number[] {
  const order = [...boxes.keys()].sort((a, b) => scores[b] - scores[a]);
  const kept: number[] = [];
  for (const i of order) {
    const isFree = kept.every((j) => cellIoU(boxes[i], boxes[j]) < iouThreshold);
    if (scores[i] > scoreThreshold && isFree) kept.push(i);
  }
  return kept;
}

for (const name of ['cpu', 'wasm'] as const) {
  test.serial(`keeps in each class the same boxes as greedy suppression: ${name}`, async (t) => {
    await useBackend(name);
    await fc.assert(
      fc.asyncProperty(cellBoxes(), fc.integer({min: 1, max: 3}), async (boxes, classes) => {
        // No two scores are the same.
        const score = (i: number, c: number) =>
          Math.fround(((i * 7 + c * 5 + 3) % 23) / 23 + (i + 10 * c) / 1e4);
        const rows = boxes.map((_, i) => Array.from({length: classes}, (_, c) => score(i, c)));
        const scores = tf.tensor2d(rows.flat(), [boxes.length, classes]);
        const before = tf.memory().numTensors;
        const kept = await nonMaxSuppression(boxes, scores, {iouThreshold: 0.45, scoreThreshold: 0.2});
        t.is(tf.memory().numTensors, before + 3);
        const expected = Array.from({length: classes}, (_, c) =>
          greedily(
            boxes,
            rows.map((row) => row[c]),
            0.45,
            0.2,
          ).map((i) => ({i, c, s: rows[i][c]})),
        )
          .flat()
          .sort((a, b) => b.s - a.s);
        t.deepEqual(
          [...kept.indices.dataSync()],
          expected.map(({i}) => i),
        );
        t.deepEqual(
          [...kept.labels.dataSync()],
          expected.map(({c}) => c),
        );
        t.deepEqual(
          [...kept.scores.dataSync()],
          expected.map(({s}) => s),
        );
        tf.dispose([scores, ...Object.values(kept)]);
      }),
      {numRuns: 30},
    );
  });
}

test.serial('keeps the best over all classes, and refuses other shapes and options', async (t) => {
  await useBackend('cpu');
  const boxes = [
    [0, 0, 1, 1],
    [5, 5, 6, 6],
  ];
  const scores = tf.tensor2d([
    [0.2, 0.9],
    [0.7, 0.8],
  ]);
  const {labels, indices} = await nonMaxSuppression(tf.tensor2d(boxes), scores, {maxOutput: 2});
  t.deepEqual([...labels.dataSync(), ...indices.dataSync()], [1, 1, 0, 1]);
  const none = await nonMaxSuppression([], tf.zeros([0, 4]));
  t.deepEqual(none.indices.shape, [0]);
  await t.throwsAsync(nonMaxSuppression(boxes, tf.zeros([3, 2])), {message: /^Expected `scores`/});
  await t.throwsAsync(nonMaxSuppression(boxes, scores, {iouThreshold: 2}), {
    message: /^Expected `iouThreshold`/,
  });
  await t.throwsAsync(nonMaxSuppression(boxes, scores, {maxOutputs: 2} as never), {message: /"maxOutput"/});
});
