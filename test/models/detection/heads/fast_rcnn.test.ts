import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {fastRcnnHead} from '../../../../models/detection/heads/fast_rcnn';
import {weightsOf} from '../../../helpers/models';
import {CLASSES, goesOn, lossesOf, someImages, someTargets} from './heads';

test('any number of boxes on images of any size', (t) => {
  const model = fastRcnnHead({outputs: CLASSES, seed: 1});
  t.deepEqual(model.outputNames, ['classes', 'boxes']);
  for (const [b, n, height, width] of [
    [1, 1, 20, 30],
    [2, 7, 33, 18],
  ]) {
    const boxes = tf.tile(tf.tensor3d([[[1, 1, 9, 9]]]), [b, n, 1]);
    const [classes, targets] = model.predict([tf.zeros([b, height, width, 1]), boxes]) as tf.Tensor[];
    t.deepEqual(
      [classes.shape, targets.shape],
      [
        [b, n, CLASSES],
        [b, n, 4],
      ],
    );
  }
});

test('each class starts at π; the same seed gives the same weights', (t) => {
  const model = fastRcnnHead({outputs: CLASSES, seed: 1});
  const {image, proposals} = someImages();
  const [logits] = model.predict([tf.zerosLike(image), proposals]) as tf.Tensor[];
  t.true(tf.mean(tf.sigmoid(logits)).dataSync()[0] < 0.05);
  t.deepEqual(weightsOf(fastRcnnHead({outputs: CLASSES, seed: 1})), weightsOf(model));
  t.notDeepEqual(weightsOf(fastRcnnHead({outputs: CLASSES, seed: 2})), weightsOf(model));
});

test('it learns, and goes on bit for bit after loading', async (t) => {
  const model = fastRcnnHead({outputs: CLASSES, seed: 1});
  model.compile({optimizer: tf.train.adam(3e-3), loss: lossesOf(1)});
  const {image, proposals} = someImages();
  const {classes, boxes} = someTargets(3);
  await goesOn(t, model, [image, proposals], [classes, boxes]);
});
