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

test.serial('lifts the configuration of models from memory', async (t) => {
  isCompiled(t, await tf.loadLayersModel(tf.io.fromMemory(converted)));
  // Its type does not promise it, but tfjs awaits the result of load().
  isCompiled(t, await tf.loadLayersModel(tf.io.fromMemorySync(converted) as unknown as tf.io.IOHandler));
});

test.serial('lifts it over HTTP, by URL and by handler', async (t) => {
  const respond = async (url: string) =>
    new Response(url.endsWith('.json') ? JSON.stringify(modelJSON) : (converted.weightData as ArrayBuffer), {
      headers: {'Content-Type': url.endsWith('.json') ? 'application/json' : 'application/octet-stream'},
    });
  const fetchFunc = respond as unknown as typeof fetch;
  const url = 'http://localhost/model.json';
  isCompiled(t, await tf.loadLayersModel(url, {fetchFunc}));
  isCompiled(t, await tf.loadLayersModel(tf.io.browserHTTPRequest(url, {fetchFunc})));
});

test.serial("lifts it from a browser's files", async (t) => {
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

test.serial('warns once even if installed twice', async (t) => {
  installKerasLift();
  const {training_config: huber} = keras.not_in_tfjs['another loss'];
  const warnings = await warningsOf(() => tf.loadLayersModel(tf.io.fromMemory(fromH5(huber))));
  t.is(warnings.length, 1);
});

test.serial('patches only the handler itself if it has its own load', async (t) => {
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

test.serial('leaves models saved by tfjs untouched', async (t) => {
  const artifacts = {...fromH5(), trainingConfig: {loss: 'x'} as unknown as tf.io.TrainingConfig};
  t.is(await (tf.io.fromMemory(artifacts).load as tf.io.LoadHandler)(), artifacts);
});
