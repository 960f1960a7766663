import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss, GroupAccuracy, SoftmaxEqualizationLoss} from '../../src';
import {CLASSES, freqInfo, smallData, smallModel} from '../helpers/models';
import {read} from './evaluate';
import {assert, assertClose, check} from './harness/check';

/** A model that learns which of its five inputs is the largest; every third row is background. */
function problem(loss: 'sigmoid' | 'softmax') {
  const model = smallModel();
  model.compile({
    optimizer: tf.train.adam(0.03),
    loss:
      loss === 'sigmoid'
        ? new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.9, seed: 11})
        : new SoftmaxEqualizationLoss({lambda: 0.05, freqInfo, seed: 11}),
    metrics: [new GroupAccuracy({group: 'rare', freqInfo})],
  });
  const {xs, ys} = smallData(60);
  if (loss === 'sigmoid') return {model, xs, ys};
  const foreground = tf.tidy(() => tf.mod(ys, CLASSES) as tf.Tensor1D);
  ys.dispose();
  return {model, xs, ys: foreground};
}

const fewEpochs = {epochs: 4, verbose: 0, shuffle: false} as const;
const lossOf = (history: tf.History) => history.history.loss as number[];

for (const family of ['sigmoid', 'softmax'] as const) {
  check(`${family}: fit lowers the loss and leaves no tensor behind`, async () => {
    const {model, xs, ys} = problem(family);
    await model.fit(xs, ys, {...fewEpochs, epochs: 1, batchSize: 20});
    const before = tf.memory().numTensors;
    const history = await model.fit(xs, ys, {...fewEpochs, batchSize: 20});
    assert(tf.memory().numTensors === before, `${tf.memory().numTensors - before} tensors left`);
    const losses = lossOf(history);
    assert(losses[3] < losses[0], `${losses}`);
    tf.dispose([xs, ys]);
    model.dispose();
  });

  check(`${family}: fitDataset lowers the loss`, async () => {
    const {model, xs, ys} = problem(family);
    const dataset = tf.data
      .zip({xs: tf.data.array(await xs.array()), ys: tf.data.array(await ys.array())} as never)
      .batch(20);
    const losses = lossOf(await model.fitDataset(dataset, fewEpochs));
    assert(losses[3] < losses[0], `${losses}`);
    tf.dispose([xs, ys]);
    model.dispose();
  });

  check(
    `${family}: IndexedDB gives loss, metric and optimizer back, and training goes on the same`,
    async () => {
      const {model, xs, ys} = problem(family);
      await model.fit(xs, ys, {...fewEpochs, batchSize: 20});
      await model.save(`indexeddb://${family}`, {includeOptimizer: true});
      const again = await tf.loadLayersModel(`indexeddb://${family}`);
      const [config, saved] = [again, model].map(({loss}) =>
        JSON.stringify((loss as unknown as EqualizationLoss).getConfig()),
      );
      assert(config === saved, `${config}, saved ${saved}`);
      const uninterrupted = await model.fit(xs, ys, {...fewEpochs, batchSize: 20});
      const resumed = await again.fit(xs, ys, {...fewEpochs, batchSize: 20});
      for (const key of Object.keys(uninterrupted.history)) {
        const values = uninterrupted.history[key] as number[];
        assertClose(resumed.history[key] as number[], values, 1e-6, key);
      }
      assertClose(await weights(again), await weights(model), 1e-6, 'weights');
      tf.dispose([xs, ys]);
    },
  );
}

async function weights(model: tf.LayersModel): Promise<number[]> {
  return (await read(model.getWeights().map((weight) => weight.clone()))).flat();
}
