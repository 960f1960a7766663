import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ValueError} from '../../src';
import {reload, savedArtifacts, smallModel, twoHeads} from '../helpers/models';
import {AllocationWatch} from '../trust/allocation_watch';

type Topology = {config: {layers: Array<{config: {units: number}}>}};

function compiled(model: tf.LayersModel): tf.LayersModel {
  model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
  return model;
}

test.serial('refuses a layer larger than its file before allocating memory', async (t) => {
  for (const units of [9, 1e8, 2 ** 31]) {
    const artifacts = await savedArtifacts(compiled(smallModel()));
    (artifacts.modelTopology as Topology).config.layers[0].config.units = units * 100;
    const watch = new AllocationWatch();
    watch.start();
    const error = await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(artifacts)));
    watch.stop();
    t.true(error instanceof ValueError);
    t.regex(error?.message ?? '', /kernel` to be in a model of the \d+ numbers that its file holds/);
    t.true(watch.bytes < 1e5, `${watch.bytes} bytes`);
  }
});

test.serial('allows concurrent loads, models without weights and models made by hand', async (t) => {
  const models = [compiled(smallModel()), compiled(twoHeads()), compiled(smallModel())];
  await t.notThrowsAsync(Promise.all(models.map(reload)));
  const topology = JSON.parse(JSON.stringify(smallModel().toJSON(undefined, false)));
  await t.notThrowsAsync(tf.models.modelFromJSON({modelTopology: topology} as never));
  const {weightData: _, weightSpecs: __, ...bare} = await savedArtifacts(compiled(smallModel()));
  await t.notThrowsAsync(tf.loadLayersModel(tf.io.fromMemory(bare as tf.io.ModelArtifacts)));
});

test.serial('files of a handler that cannot be inspected have no budget', async (t) => {
  const model = compiled(smallModel());
  const artifacts = await savedArtifacts(model);
  // Budgets of other loads have expired.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const loaded = await tf.loadLayersModel(Object.freeze({load: async () => artifacts}));
  t.deepEqual(loaded.getWeights()[0].arraySync(), model.getWeights()[0].arraySync());
});
