import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {ForegroundSmoothL1} from '../../../../models/detection/box_loss';
import {EqualizationLoss, SeesawLoss} from '../../../../src';
import {freqInfo, reload, weightsOf} from '../../../helpers/models';

/** C of `freqInfo`. */
export const CLASSES = 5;

/** An image of 24 × 32 pixels for each of two samples, and three boxes on each. */
export function someImages(): {image: tf.Tensor4D; proposals: tf.Tensor3D} {
  const image = tf.randomUniform([2, 24, 32, 1], 0, 1, 'float32', 5) as tf.Tensor4D;
  const boxes = [
    [2, 3, 10, 9],
    [5, 12, 14, 20],
    [8, 20, 20, 30],
  ];
  return {image, proposals: tf.tensor3d([boxes, [...boxes].reverse()])};
}

/** Targets for `boxes` boxes of two images, background among them. */
export function someTargets(boxes: number): {classes: tf.Tensor2D; boxes: tf.Tensor3D} {
  const labels = Array.from({length: 2 * boxes}, (_, i) => (i * 7) % (CLASSES + 1));
  const rows = labels.map((label, i) => [i / 10, -i / 20, 0.3, -0.1, Number(label < CLASSES)]);
  return {
    classes: tf.tensor2d(labels, [2, boxes], 'int32'),
    boxes: tf.tensor3d(rows.flat(), [2, boxes, 5]),
  };
}

/** Losses for heads that end in pairs of classes and boxes: stateful ones and others take turns. */
export function lossesOf(pairs: number) {
  return Array.from({length: pairs}, (_, i) => [
    i % 2 === 0
      ? new EqualizationLoss({lambda: 0.05, freqInfo})
      : new SeesawLoss({numClasses: CLASSES - 2, objectness: true}),
    new ForegroundSmoothL1(),
  ]).flat();
}

/** Trains, saves, loads, and goes on with both: the loss falls, and they do not differ in a bit. */
export async function goesOn(
  t: ExecutionContext,
  model: tf.LayersModel,
  xs: tf.Tensor | tf.Tensor[],
  ys: tf.Tensor[],
): Promise<void> {
  const epochs = {epochs: 3, batchSize: 2, shuffle: false, verbose: 0} as const;
  const {history} = await model.fit(xs, ys, epochs);
  t.true(Number(history.loss[2]) < Number(history.loss[0]), `${history.loss}`);
  const again = await reload(model);
  t.deepEqual(again.outputNames, model.outputNames);
  const uninterrupted = await model.fit(xs, ys, epochs);
  const resumed = await again.fit(xs, ys, epochs);
  t.deepEqual(resumed.history, uninterrupted.history);
  t.deepEqual(weightsOf(again), weightsOf(model));
}
