import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss, type Loss, SoftmaxEqualizationLoss} from '../../src';
import {sigmoidClosedForm} from '../helpers/closed_form';
import {inGradient} from '../helpers/in_gradient';
import {labelTensors} from '../helpers/loss_cases';
import {describeFixture, fixtureTensors, lossFixtures} from '../helpers/loss_fixtures';
import {scaled} from '../helpers/passes';
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

check('EQL: labels of mixed and smoothed images are those of the closed form', async () => {
  const tail = [1, 0, 1];
  const rows = [
    [0.25, 0.75, 0, 0],
    [0.01, 0.01, 0.01, 0.97],
    [0.3, 0, 0, 0.7],
    [0.75, 0.75, 0, 0.25],
  ].map((row) => row.map(Math.fround));
  const yPred = tf.tensor2d(PREDICTIONS, [4, 3]);
  for (const width of [3, 4]) {
    for (const fromLogits of [true, false]) {
      const loss = new EqualizationLoss({lambda: 0.01, freqInfo, fromLogits});
      const yTrue = tf.tensor2d(rows.map((row) => row.slice(0, width)));
      const {values, gradient} = await valueAndGradient((x) => loss.call(yTrue, x), yPred);
      const expected = sigmoidClosedForm({
        predictions: PREDICTIONS.map(Math.fround),
        labels: rows.flatMap((row) => row.slice(0, 3)),
        background: width === 4 ? rows.map((row) => row[3]) : undefined,
        tail,
        fromLogits,
      });
      const what = `${width} columns, ${fromLogits ? 'logits' : 'probabilities'}`;
      assertClose(values, expected.rowLosses, 1e-5, `loss, ${what}`);
      assertClose(gradient, scaled(expected.gradient, 4), 1e-5, `gradient, ${what}`);
      yTrue.dispose();
    }
  }
  yPred.dispose();
});

for (const [name, background, make] of LOSSES) {
  check(`${name}: no rows and no boxes give zeros of the right shape`, async () => {
    for (const lead of [[0], [2, 0], [0, 4], [2, 3, 0]]) {
      for (const [form, yTrue] of labelTensors([], lead, 3, background)) {
        const yPred = tf.zeros([...lead, 3]);
        const before = tf.memory().numTensors;
        const {values, gradient} = await valueAndGradient((x) => make().call(yTrue, x), yPred);
        assertClose(values, new Array(lead[0]).fill(0), 0, form);
        assert(gradient.length === 0, `${form}: a gradient of ${gradient.length} numbers`);
        assert(tf.memory().numTensors === before, `${form}: ${tf.memory().numTensors - before} tensors left`);
        tf.dispose([yTrue, yPred]);
      }
    }
  });

  check(`${name}: int32 and bool predictions give what float32 ones do`, async () => {
    const yTrue = tf.tensor1d([1, 0], 'int32');
    const numbers = [1, 0, 1, 0, 1, 1];
    const run = async (yPred: tf.Tensor, dy: tf.Tensor) => {
      const outcome = await read(
        tf.tidy(() => {
          const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => make().call(yTrue, x))([yPred], dy);
          return [make().call(yTrue, yPred, {training: false}), value, grads[0]];
        }),
      );
      tf.dispose([yPred, dy]);
      return outcome.flat();
    };
    const floats = await run(tf.tensor2d(numbers, [2, 3]), tf.tensor1d([1, 3]));
    for (const dtype of ['int32', 'bool'] as const) {
      const integers = () => tf.tensor2d(numbers, [2, 3], dtype);
      assertClose(await run(integers(), tf.tensor1d([1, 3])), floats, 0, dtype);
      // A cast may leave the memory as it is, and with it what a shader reads.
      const [z, dy] = [
        tf.tidy(() => tf.cast(integers(), 'float32')),
        tf.tidy(() => tf.cast(tf.tensor1d([1, 3], 'int32'), 'float32')),
      ];
      assertClose(await run(z, dy), floats, 0, `${dtype}, cast`);
    }
    yTrue.dispose();
  });

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
            await read(tf.tidy(() => [inGradient(() => loss.call(labels, yPred))]));
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
