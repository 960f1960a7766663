import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {RefineBoxes} from '../../../../models/detection/layers/refine_boxes';
import {matchProposals} from '../../../../src/detection';

test('the targets of matchProposals lead from proposals to objects', (t) => {
  const proposals = [
    [0, 0, 10, 10],
    [20, 30, 32, 38],
  ];
  const objects = [
    [1, 0, 11, 9],
    [21, 30, 31, 38],
  ];
  const {boxTargets} = matchProposals(
    proposals,
    {boxes: objects, labels: [0, 0]},
    {numClasses: 1, seed: 1, foregroundFraction: 1},
  );
  const layer = new RefineBoxes({});
  const refined = layer.call([boxTargets.expandDims(0), tf.tensor3d([proposals])]);
  t.deepEqual(
    (refined.arraySync() as number[][][])[0].map((box) => box.map((side) => Math.round(1e3 * side) / 1e3)),
    objects,
  );
});

test('no gradient flows back', (t) => {
  const layer = new RefineBoxes({});
  const [dTargets, dBoxes] = tf.grads((...xs) => tf.sum(layer.call(xs)))([
    tf.ones([1, 2, 4]),
    tf.tensor3d([
      [
        [0, 0, 2, 2],
        [1, 1, 4, 5],
      ],
    ]),
  ]);
  t.deepEqual([...dTargets.dataSync(), ...dBoxes.dataSync()], new Array(16).fill(0));
});
