import type * as Tf from '@tensorflow/tfjs';
import type * as Longtail from '../../src';

interface Globals {
  tf: typeof Tf;
  longtail: Pick<typeof Longtail, 'ClassFrequency' | 'EqualizationLoss' | 'GroupAccuracy'>;
}

/**
 * Runs in the page, which has put `tf` and the package into `window`: trains a small CNN, saves it to IndexedDB, loads
 * it and trains on. Uses nothing from outside of itself, as only its text gets there.
 */
export async function trainAndReload(backend: string) {
  const {tf, longtail} = window as unknown as Globals;
  const {ClassFrequency, EqualizationLoss, GroupAccuracy} = longtail;
  if (!(await tf.setBackend(backend))) throw new Error(`The backend ${backend} does not start.`);
  const freqInfo = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 300});
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({inputShape: [6, 6, 1], filters: 4, kernelSize: 3, activation: 'relu'}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 5}),
    ],
  });
  model.compile({
    optimizer: 'adam',
    loss: new EqualizationLoss({lambda: 0.03, freqInfo}),
    metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})],
  });
  const xs = tf.randomNormal([12, 6, 6, 1]);
  const ys = tf.tensor1d([0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 5], 'int32');
  const {history} = await model.fit(xs, ys, {epochs: 20, verbose: 0});
  await model.save('indexeddb://page', {includeOptimizer: true});
  const again = await tf.loadLayersModel('indexeddb://page');
  const loss = again.loss as unknown;
  const fitOne = async (one: Tf.LayersModel) =>
    (await one.fit(xs, ys, {epochs: 1, verbose: 0})).history.loss[0];
  return {
    backend: tf.getBackend(),
    history: Object.keys(history),
    lower: history.loss[19] < history.loss[0],
    lambda: loss instanceof EqualizationLoss && loss.lambda,
    next: [await fitOne(model), await fitOne(again)],
  };
}
