import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {PAGE_HEIGHT, PAGE_WIDTH} from '../../../models/detection/data/grey_page';
import {detectPage, scoresOf} from '../../../models/detection/detect_page';
import {fastRcnnHead} from '../../../models/detection/heads/fast_rcnn';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

test('scores of each kind of logits', (t) => {
  const near = (scores: tf.Tensor, expected: number[]) =>
    t.true(
      scores.dataSync().every((value, i) => Math.abs(value - expected[i]) < 1e-6),
      `${scores.dataSync()}`,
    );
  near(scoresOf(tf.tensor2d([[1, -2]]), 2, 'sigmoid'), [sigmoid(1), sigmoid(-2)]);
  const sum = Math.E + Math.exp(-2) + 1;
  near(scoresOf(tf.tensor2d([[1, -2, 0]]), 2, 'softmax'), [Math.E / sum, Math.exp(-2) / sum]);
  // Foreground has a logit of 3, background of 1.
  const share = sigmoid(3);
  near(
    scoresOf(tf.tensor2d([[1, -2, 3, 1]]), 2, 'objectness'),
    [sigmoid(2) * share, sigmoid(2)].map((_, i) => (i === 0 ? share : 1 - share) * sigmoid(2)),
  );
});

test('boxes of a page by descending score, no two of a class over each other, and no tensor left', async (t) => {
  const model = fastRcnnHead({outputs: 3, seed: 1, prior: 0.5});
  const scan = Float32Array.from({length: PAGE_HEIGHT * PAGE_WIDTH}, (_, i) => (i % 7) / 7);
  const proposals = Float64Array.from([10, 10, 20, 20, 10, 10.5, 20, 20.5, 50, 60, 64, 70].map(Math.fround));
  const {numTensors} = tf.memory();
  const found = await detectPage(model, scan, proposals, {classes: 3, scores: 'sigmoid'});
  t.is(tf.memory().numTensors, numTensors);
  t.is(found.boxes.length, 4 * found.labels.length);
  t.true(found.labels.length >= 3 && found.labels.length <= 9);
  t.deepEqual(
    [...found.scores].sort((a, b) => b - a),
    found.scores,
  );
});
