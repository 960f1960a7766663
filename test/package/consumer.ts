// What a user writes, in one file that is run from require and from import and checked by TypeScript.
import * as tf from '@tensorflow/tfjs';
import {ClassFrequency, EqualizationLoss, fileSystem, GroupAccuracy, ValueError} from 'tfjs-longtail';

declare const process: {argv: string[]};

async function main(directory: string): Promise<void> {
  tf.enableProdMode();
  const freqInfo = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200});
  const model = tf.sequential({layers: [tf.layers.dense({units: 5, inputShape: [4]})]});
  model.compile({
    optimizer: 'adam',
    loss: new EqualizationLoss({lambda: 3e-2, freqInfo}),
    metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})],
  });
  const xs = tf.randomNormal([12, 4]);
  const ys = tf.tensor1d([0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 5], 'int32');
  await model.fit(xs, ys, {epochs: 1, verbose: 0});

  await model.save(`file://${directory}`, {includeOptimizer: true});
  const again = await tf.loadLayersModel(`file://${directory}/model.json`);
  const history = await again.fit(xs, ys, {epochs: 1, verbose: 0});
  const same = await tf.loadLayersModel(fileSystem(`${directory}/model.json`));

  const report: Record<string, unknown> = {
    loss: (again.loss as unknown) instanceof EqualizationLoss,
    logs: Object.keys(history.history),
    weights: same.countParams(),
    errors: new ValueError('x') instanceof Error,
  };
  console.log(JSON.stringify(report));
}

main(process.argv[2]);
