import * as tf from '@tensorflow/tfjs';
import {EqualizationLossV2, SeesawLoss, type StatefulLoss} from '../../src';
import {valueAndGradient} from './evaluate';
import {assert, assertClose, check} from './harness/check';

const CLASSES = 5;
const LABELS = [
  [0, 1, 1, 4, 2, 0],
  [3, 1, 0, 0, 2, 4],
];
// Which logits follow those of the classes, and whether a row may be background.
const LOSSES: Array<[string, number, boolean, () => StatefulLoss]> = [
  ['SeesawLoss', 0, false, () => new SeesawLoss({numClasses: CLASSES})],
  ['SeesawLoss, objectness', 2, true, () => new SeesawLoss({numClasses: CLASSES, objectness: true})],
  ['EqualizationLossV2', 0, true, () => new EqualizationLossV2({numClasses: CLASSES})],
  [
    'EqualizationLossV2, objectness',
    1,
    true,
    () => new EqualizationLossV2({numClasses: CLASSES, objectness: true}),
  ],
];

/** Two batches of training on the current backend, and one of evaluation. */
async function outcomeOf(make: () => StatefulLoss, extra: number, background: boolean) {
  const loss = make();
  const numbers: number[] = [];
  for (const [batch, labels] of [...LABELS, LABELS[0]].entries()) {
    const width = CLASSES + extra;
    const logits = Array.from({length: 6 * width}, (_, i) => 3 * Math.sin(12.9898 * (i + 7 * batch)));
    const z = tf.tensor2d(logits, [6, width]);
    const y = tf.tensor1d(
      labels.map((label, row) => (background && row === 5 ? CLASSES : label)),
      'int32',
    );
    const training = batch < 2;
    const {values, gradient} = await valueAndGradient((x) => loss.call(y, x, {training}), z);
    numbers.push(...values, ...gradient);
    tf.dispose([z, y]);
  }
  await loss.readState();
  const state = Object.values(loss.getState()).flat() as number[];
  return {state, numbers, loss};
}

for (const [name, extra, background, make] of LOSSES) {
  check(`${name}: state after two batches is cpu's, and so are the losses by it`, async ({backend}) => {
    const {state, numbers, loss} = await outcomeOf(make, extra, background);
    await tf.setBackend('cpu');
    try {
      const expected = await outcomeOf(make, extra, background);
      assert(
        expected.state.some((value) => value > 0),
        `${expected.state}`,
      );
      assertClose(state, expected.state, 1e-5, 'state');
      assertClose(numbers, expected.numbers, 1e-5, 'losses and gradients');
      // A loss goes on where the backend changes.
      assertClose(Object.values(loss.getState()).flat() as number[], expected.state, 1e-5, 'read on cpu');
    } finally {
      await tf.setBackend(backend);
    }
  });
}
