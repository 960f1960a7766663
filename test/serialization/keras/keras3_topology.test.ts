import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, GroupAccuracy, LogitAdjustedLoss} from '../../../src/index.node';
import {liftKeras3Topology} from '../../../src/serialization/keras/keras3_topology';
import {kerasModelJson, kerasModels, kerasModelUrl} from '../../helpers/keras_models';

function near(actual: ArrayLike<number>, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length && expected.every((value, i) => Math.abs(value - actual[i]) < 1e-4)
  );
}

for (const [name, {xs, outputs}] of Object.entries(kerasModels.to_tfjs)) {
  test(`a model of Keras 3 gives the same predictions here: ${name}`, async (t) => {
    const model = await tf.loadLayersModel(kerasModelUrl(`to-tfjs-${name}`));
    const predicted = [model.predict(tf.tensor(xs))].flat();
    t.is(predicted.length, outputs.length);
    for (const [i, output] of predicted.entries()) {
      t.true(near(output.dataSync(), outputs[i].flat()), `${output.dataSync()} and ${outputs[i].flat()}`);
    }
  });
}

test('compiles it as in Keras, with losses and metrics of this package', async (t) => {
  const model = await tf.loadLayersModel(kerasModelUrl('to-tfjs-images'));
  const loss = model.loss as unknown as LogitAdjustedLoss;
  t.true(loss instanceof LogitAdjustedLoss);
  t.is(loss.tau, 1.5);
  t.true(Math.abs(((model.optimizer as tf.AdamOptimizer).getConfig().learningRate as number) - 0.003) < 1e-6);
  const metrics = [model.metrics].flat(2) as unknown[];
  t.true(metrics.some((metric) => metric instanceof BalancedAccuracy));
  t.true(metrics.some((metric) => metric instanceof GroupAccuracy));
});

for (const [name, {xs, outputs, values, learningRate}] of Object.entries(kerasModels.from_tfjs)) {
  test(`docs/keras/longtail.py reads one of our models correctly: ${name}`, async (t) => {
    const model = await tf.loadLayersModel(kerasModelUrl(`from-tfjs-${name}`));
    t.true(near((model.predict(tf.tensor(xs)) as tf.Tensor).dataSync(), outputs.flat()));
    const ys = tf.tensor1d([0, 1, 2, 0, 2, 1], 'int32');
    const measured = [model.evaluate(tf.tensor(xs), ys)].flat().map((scalar) => scalar.dataSync()[0]);
    t.true(
      near(
        measured,
        model.metricsNames.map((key) => values[key]),
      ),
      `${measured} and ${JSON.stringify(values)}`,
    );
    const rate = model.optimizer.getConfig().learningRate as number;
    t.true(Math.abs(rate - learningRate) < 1e-6);
    t.true((model.loss as unknown) instanceof (name === 'graph' ? EqualizationLoss : LogitAdjustedLoss));
  });
}

test('refuses parts without an equivalent in TensorFlow.js by name, before creating anything', (t) => {
  const changed = (change: (layer: {class_name: string; config: Record<string, unknown>}) => void) => {
    const {modelTopology} = kerasModelJson('to-tfjs-images');
    const {layers} = modelTopology.model_config.config as {layers: Parameters<typeof change>[0][]};
    for (const layer of layers) change(layer);
    return modelTopology;
  };
  const refused = (change: Parameters<typeof changed>[0], message: RegExp) => {
    t.throws(() => liftKeras3Topology(changed(change)), {name: 'ValueError', message});
  };
  refused((layer) => {
    if (layer.class_name === 'Conv2D') layer.config.groups = 2;
  }, /Conv2D with groups = 2/);
  refused((layer) => {
    if (layer.class_name === 'Dropout') layer.class_name = 'GroupNormalization';
  }, /GroupNormalization/);
  refused((layer) => {
    layer.config.dtype = 'float64';
  }, /dtype = "float64"/);
});

/** The graph with its first dense layer called with these options. */
function calledWith(kwargs: unknown) {
  const {modelTopology} = kerasModelJson('to-tfjs-graph');
  const {layers} = modelTopology.model_config.config as {
    layers: {class_name: string; inbound_nodes: {kwargs: unknown}[]}[];
  };
  const [node] = layers.find(({class_name}) => class_name === 'Dense')?.inbound_nodes ?? [];
  node.kwargs = kwargs;
  return modelTopology;
}

test('drops options of calls that change nothing in tfjs', (t) => {
  const plain = liftKeras3Topology(calledWith({}));
  // Keras 3 writes both, and passes its layers the `training` of predict and fit instead.
  for (const kwargs of [null, {mask: null}, {training: false}, {training: true, mask: null}]) {
    t.deepEqual(liftKeras3Topology(calledWith(kwargs)), plain, JSON.stringify(kwargs));
  }
});

test('refuses a call with any other option, naming it', (t) => {
  for (const kwargs of [{use_causal_mask: true}, {training: false, mask: null, use_causal_mask: true}]) {
    t.throws(() => liftKeras3Topology(calledWith(kwargs)), {
      name: 'ValueError',
      message: /Dense with use_causal_mask = true/,
    });
  }
});

test('leaves topologies of tfjs and Keras 2 unchanged', (t) => {
  const {modelTopology} = kerasModelJson('from-tfjs-graph');
  t.is(liftKeras3Topology(modelTopology), modelTopology);
  const buffer = new ArrayBuffer(4);
  t.is(liftKeras3Topology(buffer), buffer);
  t.is(liftKeras3Topology(undefined), undefined);
});
