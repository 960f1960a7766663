import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ValueError} from '../../src';
import {withBoundedLayers} from '../../src/serialization/layer_graph';
import {reload, savedArtifacts, twoHeads} from '../helpers/models';

type Graph = {config: {layers: Array<{name: string; inbound_nodes: Array<Array<[string, number]>>}>}};

function compiled(model: tf.LayersModel): tf.LayersModel {
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  return model;
}

/** A layer called twice, the second time on another layer's output for the first, and a nested model. */
function woven(): tf.LayersModel {
  const input = tf.input({shape: [4]});
  const shared = tf.layers.dense({units: 4, name: 'shared'});
  const inner = tf.sequential({name: 'inner', layers: [tf.layers.dense({units: 4, inputShape: [4]})]});
  const once = shared.apply(input) as tf.SymbolicTensor;
  const twice = shared.apply(inner.apply(once)) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: twice});
}

test.serial('loads layers in any order, reused layers, and nested models', async (t) => {
  for (const reversed of [false, true]) {
    const model = compiled(woven());
    const artifacts = await savedArtifacts(model);
    const {config} = artifacts.modelTopology as Graph;
    if (reversed) config.layers.reverse();
    const again = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const x = tf.ones([2, 4]);
    t.deepEqual((again.predict(x) as tf.Tensor).arraySync(), (model.predict(x) as tf.Tensor).arraySync());
  }
  await t.notThrowsAsync(reload(compiled(twoHeads())));
});

test.serial('refuses layers that wait for one another instead of looping', async (t) => {
  for (const from of ['nowhere', 'b'] as const) {
    const artifacts = await savedArtifacts(compiled(twoHeads()));
    const {config} = artifacts.modelTopology as Graph;
    for (const layer of config.layers) if (layer.name === 'b') layer.inbound_nodes[0][0][0] = from;
    const before = tf.memory().numTensors;
    const error = await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(artifacts)));
    t.true(error instanceof ValueError);
    t.regex(error?.message ?? '', /`inbound_nodes` to be calls of layers that lead back to an input.*"b"/);
    t.is(tf.memory().numTensors, before);
  }
});

test.serial('throws for layers that are not an array, and does not modify the configuration', (t) => {
  for (const config of [undefined, null, {}, {layers: 'x'}])
    t.throws(() => withBoundedLayers(config), {message: /`modelTopology.config.layers` to be an array/});
  const config = Object.freeze({layers: Object.freeze([])});
  t.deepEqual(withBoundedLayers(config), {layers: []});
});
