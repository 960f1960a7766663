import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ByImage} from '../../../../models/detection/layers/by_image';

test('rows go back to their images in order', (t) => {
  const layer = new ByImage();
  const rows = tf.range(0, 12).reshape([6, 2]);
  const out = layer.call([rows, tf.zeros([3, 2, 4])]);
  t.deepEqual(out.arraySync(), [
    [
      [0, 1],
      [2, 3],
    ],
    [
      [4, 5],
      [6, 7],
    ],
    [
      [8, 9],
      [10, 11],
    ],
  ]);
  t.deepEqual(
    layer.computeOutputShape([
      [null, 2],
      [null, null, 4],
    ]),
    [null, null, 2],
  );
});
