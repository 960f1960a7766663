// A process that loads tfjs-node and this package in one order or the other, saves and loads by file:// URL, and
// tells what answered: `load_order.ts DIR NAME…`, with `ours` and `theirs` as names.
import type * as tfjs from '@tensorflow/tfjs';
import {fromH5, keras} from '../serialization/keras/keras_models';

async function main(directory: string, order: string[]): Promise<void> {
  for (const name of order) require(name === 'ours' ? '../../src/index.node' : '@tensorflow/tfjs-node');
  const tf: typeof tfjs = require('@tensorflow/tfjs');
  const url = `file://${directory}`;
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
  await model.save(url);
  const again = await tf.loadLayersModel(`${url}/model.json`);
  const weights = (of: tfjs.LayersModel) => of.getWeights().map((weight) => [...weight.dataSync()]);

  const converted = fromH5(keras.trained.adam.training_config);
  const [saver] = tf.io.getSaveHandlers(`${url}/keras`);
  await (saver.save as tfjs.io.SaveHandler)(converted);
  const compiled = await tf.loadLayersModel(`${url}/keras/model.json`);
  process.stdout.write(
    JSON.stringify({
      saveHandlers: tf.io.getSaveHandlers(url).map(isTheirs),
      loadHandlers: tf.io.getLoadHandlers(url).map(isTheirs),
      sameWeights: JSON.stringify(weights(again)) === JSON.stringify(weights(model)),
      loss: compiled.loss,
    }),
  );
}

function isTheirs(handler: object): boolean {
  return 'WEIGHTS_BINARY_FILENAME' in handler;
}

main(process.argv[2], process.argv.slice(3)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
