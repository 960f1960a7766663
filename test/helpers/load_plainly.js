// Loads models with TensorFlow.js alone, in a process that never saw this package, and prints what it found as JSON.
// Arguments: the paths of model.json files.
const {readFileSync} = require('node:fs');
const {dirname, join} = require('node:path');
const tf = require('@tensorflow/tfjs');

const said = [];
console.warn = console.log = (...args) => said.push(args.join(' '));

async function look(path) {
  const {weightsManifest, ...json} = JSON.parse(readFileSync(path, 'utf8'));
  const [{paths, weights}] = weightsManifest;
  const bytes = readFileSync(join(dirname(path), paths[0]));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  said.length = 0;
  const model = await tf.loadLayersModel(tf.io.fromMemory({...json, weightSpecs: weights, weightData}));
  const inputs = tf.randomNormal([6, ...model.inputs[0].shape.slice(1)], 0, 1, 'float32', 3);
  const predictions = [model.predict(inputs)].flat().map((x) => Array.from(x.dataSync()));
  return {said: [...said], compiled: model.optimizer != null, loss: model.loss ?? null, predictions};
}

async function main() {
  await tf.setBackend('cpu');
  tf.zeros([1]).dataSync(); // tfjs greets at the first operation
  said.length = 0;
  const found = [];
  for (const path of process.argv.slice(2))
    found.push(await look(path).catch((error) => ({error: error.message})));
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

main();
