import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ANCHOR_SIDES, anchors, oneStageHead, STRIDE} from '../../../../models/detection/heads/one_stage';
import {matchProposals} from '../../../../src/detection';
import {CLASSES, goesOn, lossesOf, someImages} from './heads';

test('outputs stand in the order of the anchors', (t) => {
  const [height, width] = [16, 24];
  const model = oneStageHead({outputs: CLASSES, seed: 1, height, width});
  const boxes = anchors(height, width);
  const n = boxes.length / 4;
  t.is(n, (height / STRIDE) * (width / STRIDE) * ANCHOR_SIDES.length);
  const [classes, targets] = model.predict(tf.zeros([2, height, width, 1])) as tf.Tensor[];
  t.deepEqual(
    [classes.shape, targets.shape],
    [
      [2, n, CLASSES],
      [2, n, 4],
    ],
  );
  // What is changed around one place moves the outputs of its anchors, and not those far away.
  const spot = tf.buffer([1, height, width, 1]);
  spot.set(1, 0, 10, 18, 0);
  const [changed] = model.predict(spot.toTensor()) as tf.Tensor[];
  const moved = tf.max(tf.abs(tf.sub(changed, tf.slice(classes, 0, 1))), 2).dataSync();
  const nearest = Array.from(moved.keys()).filter((k) => moved[k] > 1e-6);
  t.true(nearest.length > 0 && nearest.length < n);
  for (const k of nearest) {
    t.true(Math.abs((boxes[4 * k] + boxes[4 * k + 2]) / 2 - 10.5) < 16);
    t.true(Math.abs((boxes[4 * k + 1] + boxes[4 * k + 3]) / 2 - 18.5) < 16);
  }
});

test('it learns on labels of all anchors, and goes on bit for bit after loading', async (t) => {
  const {image} = someImages();
  const boxes = anchors(24, 32);
  const n = boxes.length / 4;
  const objects = {
    boxes: [
      [2, 3, 11, 10],
      [10, 20, 23, 28],
    ],
    labels: [0, 4],
  };
  const matched = matchProposals(boxes, objects, {
    numClasses: CLASSES,
    seed: 1,
    perImage: n,
    foregroundFraction: 1,
  });
  t.deepEqual(
    [...matched.indices.dataSync()],
    Array.from({length: n}, (_, k) => k),
  );
  t.true([...matched.labels.dataSync()].some((label) => label < CLASSES));
  const isForeground = tf.expandDims(tf.cast(tf.less(matched.labels, CLASSES), 'float32'), 1);
  const twice = (x: tf.Tensor) => tf.stack([x, x]);
  const ys = [twice(matched.labels), twice(tf.concat([matched.boxTargets, isForeground], 1))];
  const model = oneStageHead({outputs: CLASSES, seed: 1, height: 24, width: 32});
  model.compile({optimizer: tf.train.adam(3e-3), loss: lossesOf(1)});
  await goesOn(t, model, image, ys);
});
