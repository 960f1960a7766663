import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {CASCADE_IOUS, cascadeBoxes, cascadeHead} from '../../../../models/detection/heads/cascade';
import {decodeBoxes, matchProposals} from '../../../../src/detection';
import {CLASSES, goesOn, lossesOf, someImages, someTargets} from './heads';

test('each stage looks at the boxes that the one before has made', (t) => {
  const model = cascadeHead({outputs: CLASSES, seed: 1});
  const {image, proposals} = someImages();
  const outputs = model.predict([image, proposals]) as tf.Tensor[];
  t.deepEqual(
    outputs.map(({shape}) => shape),
    [1, 2, 3].flatMap(() => [
      [2, 3, CLASSES],
      [2, 3, 4],
    ]),
  );
  let current = proposals as tf.Tensor;
  cascadeBoxes(model, image, proposals).forEach((boxes, stage) => {
    t.true(tf.max(tf.abs(tf.sub(boxes, current))).dataSync()[0] < 1e-4, `stage ${stage + 1}`);
    const rows = (of: tf.Tensor) => of.reshape([6, 4]) as tf.Tensor2D;
    current = decodeBoxes(rows(outputs[2 * stage + 1]), rows(current)).reshape([2, 3, 4]);
  });
});

test('its boxes are what labels of each stage are made of', (t) => {
  const model = cascadeHead({outputs: CLASSES, seed: 1});
  const {image, proposals} = someImages();
  const objects = {boxes: [[2, 3, 10, 9]], labels: [4]};
  cascadeBoxes(model, image, proposals).forEach((boxes, stage) => {
    const rows = tf.squeeze(tf.slice(boxes, [0, 0, 0], [1, 3, 4]), [0]) as tf.Tensor2D;
    const options = {numClasses: CLASSES, seed: 1, foregroundFraction: 1, foregroundIoU: CASCADE_IOUS[stage]};
    t.is(matchProposals(rows, objects, options).labels.shape[0], 3);
  });
});

test('six outputs learn, and go on bit for bit after loading', async (t) => {
  const model = cascadeHead({outputs: CLASSES, seed: 1});
  model.compile({optimizer: tf.train.adam(3e-3), loss: lossesOf(3)});
  const {image, proposals} = someImages();
  const {classes, boxes} = someTargets(3);
  // Of the stage with objectness, the label 3 is background.
  const fewer = tf.minimum(classes, CLASSES - 2).toInt();
  await goesOn(t, model, [image, proposals], [classes, boxes, fewer, boxes, classes, boxes]);
});
