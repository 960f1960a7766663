import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss, type Loss, SoftmaxEqualizationLoss} from '../../src';
import {labelTensors} from '../helpers/loss_cases';
import {describeFixture, fixtureTensors, lossFixtures} from '../helpers/loss_fixtures';
import {read, valueAndGradient} from './evaluate';
import {assert, assertClose, check} from './harness/check';

for (const family of ['sigmoid', 'softmax'] as const) {
  check(`${family}: losses and gradients are those of the float64 fixtures`, async () => {
    for (const fixture of lossFixtures[family]) {
      const [rowLosses, gradient] = await read(fixtureTensors(family, fixture));
      assertClose(rowLosses, fixture.rowLosses, 1e-5, `loss of ${describeFixture(fixture)}`);
      assertClose(gradient, fixture.gradient, 1e-5, `gradient of ${describeFixture(fixture)}`);
    }
  });
}

const freqInfo = [0.001, 0.25, 0.004];
const LOSSES: Array<[string, boolean, () => Loss]> = [
  ['EQL', true, () => new EqualizationLoss({lambda: 0.01, freqInfo})],
  ['EQL, drawn', true, () => new EqualizationLoss({lambda: 0.01, freqInfo, gamma: 0.5, seed: 3})],
  ['EQL of probabilities', true, () => new EqualizationLoss({lambda: 0.01, freqInfo, fromLogits: false})],
  ['softmax EQL', false, () => new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo, seed: 3})],
];
const PREDICTIONS = [0.1, 0.9, 0.5, 0.3, 0.75, 0.2, 0.6, 0.4, 0.05, 0.8, 0.7, 0.35];

for (const [name, background, make] of LOSSES) {
  check(`${name}: every form and dtype of labels gives the same`, async () => {
    for (const lead of [[4], [2, 2]]) {
      const yPred = tf.tensor(PREDICTIONS, [...lead, 3]);
      const forms = labelTensors([0, 1, background ? 3 : 1, 2], lead, 3, background);
      if (lead.length === 1) {
        const hot = [1, 0, 0, 0, 1, 0, 0, background ? 0 : 1, 0, 0, 0, 1];
        forms.push(['bool [4,3]', tf.tensor(hot, [4, 3], 'bool')]);
      }
      let first: number[] | undefined;
      for (const [form, yTrue] of forms) {
        const before = tf.memory().numTensors;
        const loss = make();
        const outcome = [];
        for (let step = 0; step < 3; ++step) {
          const {values, gradient} = await valueAndGradient((x) => loss.call(yTrue, x), yPred);
          outcome.push(...values, ...gradient);
        }
        assert(tf.memory().numTensors === before, `${form}: ${tf.memory().numTensors - before} tensors left`);
        first ??= outcome;
        assertClose(outcome, first, 1e-6, form);
        yTrue.dispose();
      }
      yPred.dispose();
    }
  });
}

check(
  'EqualizationLoss without background: an error once 50 batches were read, and no tensor left',
  async () => {
    const yPred = tf.tensor2d(PREDICTIONS, [4, 3]);
    for (const [form, yTrue] of labelTensors([0, 1, 1, 2], [4], 3)) {
      const loss = new EqualizationLoss({lambda: 0.01, freqInfo});
      const withBackground = tf.tensor1d([0, 1, 3, 2], 'int32');
      const before = tf.memory().numTensors;
      let thrown = 0;
      const train = async (times: number, labels: tf.Tensor) => {
        for (let batch = 0; batch < times; ++batch) {
          try {
            await read(tf.tidy(() => [loss.call(labels, yPred)]));
          } catch (error) {
            assert((error as Error).message.includes('background'), `${form}: ${error}`);
            ++thrown;
          }
        }
        // The watch's own reads come back meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 100));
      };
      await train(49, yTrue);
      assert(thrown === 0, `${form}: thrown before the 50th batch`);
      await train(3, yTrue);
      assert(thrown > 0, `${form}: nothing thrown`);
      await train(5, withBackground);
      thrown = 0;
      await train(60, yTrue);
      assert(thrown === 0, `${form}: thrown after a batch with background`);
      assert(tf.memory().numTensors === before, `${form}: ${tf.memory().numTensors - before} tensors left`);
      tf.dispose([yTrue, withBackground]);
    }
    yPred.dispose();
  },
);
