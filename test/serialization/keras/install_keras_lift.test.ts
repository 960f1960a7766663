import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src';
import {installKerasLift, liftOnLoad} from '../../../src/serialization/keras/install_keras_lift';
import {fromH5, keras, warningsOf} from './keras_models';

tf.enableProdMode();

const {training_config: trainingConfig} = keras.trained.adam;
const converted = fromH5(trainingConfig);
const modelJSON = {
  ...converted,
  weightSpecs: undefined,
  weightData: undefined,
  weightsManifest: [{paths: ['group1-shard1of1.bin'], weights: converted.weightSpecs}],
};

function isCompiled(t: import('ava').ExecutionContext, model: tf.LayersModel) {
  t.is(model.optimizer.getClassName(), 'Adam');
  t.is(model.loss, 'categoricalCrossentropy');
  t.deepEqual(model.metricsNames, ['loss', 'acc']);
  t.deepEqual([...model.getWeights()[1].dataSync()], [...new Float32Array(keras.start.bias)]);
}

test.before(() => installKerasLift());

test.serial('from memory', async (t) => {
  isCompiled(t, await tf.loadLayersModel(tf.io.fromMemory(converted)));
  // Not promised by its type, yet tfjs awaits whatever load() gives.
  isCompiled(t, await tf.loadLayersModel(tf.io.fromMemorySync(converted) as unknown as tf.io.IOHandler));
});

test.serial('over HTTP, by URL and by handler', async (t) => {
  const respond = async (url: string) =>
    new Response(url.endsWith('.json') ? JSON.stringify(modelJSON) : (converted.weightData as ArrayBuffer), {
      headers: {'Content-Type': url.endsWith('.json') ? 'application/json' : 'application/octet-stream'},
    });
  const fetchFunc = respond as unknown as typeof fetch;
  const url = 'http://localhost/model.json';
  isCompiled(t, await tf.loadLayersModel(url, {fetchFunc}));
  isCompiled(t, await tf.loadLayersModel(tf.io.browserHTTPRequest(url, {fetchFunc})));
});

test.serial('from files that a browser was given', async (t) => {
  // The part of the browser's FileReader that tfjs uses.
  class FileReader {
    onload?: (event: {target: {result: unknown}}) => void;
    readAsText = async (file: File) => this.onload?.({target: {result: await file.text()}});
    readAsArrayBuffer = async (file: File) => this.onload?.({target: {result: await file.arrayBuffer()}});
  }
  const scope = globalThis as {FileReader?: unknown};
  scope.FileReader = FileReader;
  t.teardown(() => delete scope.FileReader);
  const files = [
    new File([JSON.stringify(modelJSON)], 'model.json'),
    new File([converted.weightData as ArrayBuffer], 'group1-shard1of1.bin'),
  ];
  isCompiled(t, await tf.loadLayersModel(tf.io.browserFiles(files)));
});

test.serial('installed twice, it warns once', async (t) => {
  installKerasLift();
  const {training_config: huber} = keras.not_in_tfjs['another loss'];
  const warnings = await warningsOf(() => tf.loadLayersModel(tf.io.fromMemory(fromH5(huber))));
  t.is(warnings.length, 1);
});

test.serial('a handler whose load is its own is given it alone', async (t) => {
  const handler = {load: async () => converted};
  const untouched = {load: async () => converted};
  liftOnLoad(handler);
  liftOnLoad(handler);
  liftOnLoad({save: async () => ({})});
  const onlySaves = {load: undefined};
  liftOnLoad(onlySaves);
  t.is(onlySaves.load, undefined);
  t.notThrows(() => liftOnLoad(Object.freeze({load: async () => converted})));
  t.truthy(((await handler.load()) as tf.io.ModelArtifacts).trainingConfig);
  t.falsy(((await untouched.load()) as tf.io.ModelArtifacts).trainingConfig);
  t.false('load' in {});
});

test.serial('models that tfjs saved go through it untouched', async (t) => {
  const artifacts = {...fromH5(), trainingConfig: {loss: 'x'} as unknown as tf.io.TrainingConfig};
  t.is(await (tf.io.fromMemory(artifacts).load as tf.io.LoadHandler)(), artifacts);
});
