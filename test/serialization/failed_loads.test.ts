import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {fileSystem} from '../../src/index.node';
import {temporaryDirectory} from '../io/files/temporary';
import {build, held} from './held';

tf.enableProdMode();

// Files are read and changed without knowing how they are made.
// biome-ignore lint/suspicious/noExplicitAny: JSON
type Json = any;
type Change = (json: Json, weights: Buffer) => void;

async function saved(directory: string, optimizer: string): Promise<void> {
  const model = build();
  model.compile({optimizer, loss: 'meanSquaredError'});
  const [xs, ys] = [tf.ones([2, 3]), tf.ones([2, 2])];
  await model.fit(xs, ys, {epochs: 1, verbose: 0});
  await model.save(fileSystem(directory), {includeOptimizer: true});
}

function change(directory: string, edit: Change): void {
  const path = join(directory, 'model.json');
  const json = JSON.parse(readFileSync(path, 'utf8'));
  const file = join(directory, json.weightsManifest[0].paths[0]);
  const weights = readFileSync(file);
  edit(json, weights);
  writeFileSync(path, JSON.stringify(json));
  writeFileSync(file, weights);
}

const specs = (json: Json) => json.weightsManifest[0].weights;
const layers = (json: Json) => (json.modelTopology.model_config ?? json.modelTopology).config.layers;
/** The offset of a weight's bytes, with 4 bytes per value. */
const offsetOf = (json: Json, name: string) => {
  let offset = 0;
  for (const spec of specs(json)) {
    if (spec.name === name) return offset;
    offset += 4 * spec.shape.reduce((product: number, size: number) => product * size, 1);
  }
  throw new Error(name);
};

const FAILURES: Record<string, Change> = {
  'an unknown layer after others': (json) => {
    layers(json).at(-1).class_name = 'Unknown';
  },
  'an unknown layer in a nested model': (json) => {
    layers(json)[1].config.layers.push({class_name: 'Unknown', config: {}});
  },
  'an optimizer where an initializer should stand': (json) => {
    const config = {learning_rate: 1, momentum: 1};
    layers(json).at(-1).config.kernel_initializer = {class_name: 'Momentum', config};
  },
  'a weight of another name': (json) => {
    specs(json)[0].name = 'other/kernel';
  },
  'two layers of one name': (json) => {
    layers(json).push({...layers(json).at(-1), inbound_nodes: []});
  },
  'a weight of another shape': (json) => {
    specs(json)[0].shape.reverse();
  },
  'an unknown optimizer': (json) => {
    const optimizer_config = {class_name: 'Unknown', config: {}};
    json.trainingConfig = {loss: 'mean_squared_error', metrics: [], optimizer_config};
  },
  'an unknown loss, after the optimizer is made': (json) => {
    const optimizer_config = {class_name: 'Adam', config: {learning_rate: 0.1, beta_1: 0.9, beta_2: 0.999}};
    json.trainingConfig = {loss: 'nonsense', metrics: [], optimizer_config};
  },
  "an invalid number of Adam's steps": (json, weights) => {
    weights.writeInt32LE(-1, offsetOf(json, 'iter'));
  },
  'weights whose bytes are missing': (json) => {
    specs(json)[0].shape[0] += 1;
  },
};

/** A handler other than ours for the same files. */
async function inMemory(directory: string): Promise<tf.io.IOHandler> {
  const json = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
  const [{paths, weights}] = json.weightsManifest;
  const bytes = new Uint8Array(readFileSync(join(directory, paths[0])));
  return tf.io.fromMemory({...json, weightSpecs: weights, weightData: bytes.buffer});
}

for (const [what, edit] of Object.entries(FAILURES)) {
  test.serial(`a failed load leaves nothing: ${what}`, async (t) => {
    await tf.setBackend('cpu');
    const directory = temporaryDirectory(t);
    await saved(directory, 'adam');
    change(directory, edit);
    const before = held();
    for (let i = 0; i < 3; i++) {
      await t.throwsAsync(tf.loadLayersModel(fileSystem(join(directory, 'model.json'))), {
        name: 'ValueError',
      });
      t.deepEqual(held(), before);
    }
    if (what.includes('bytes')) return;
    const other = await inMemory(directory);
    await t.throwsAsync(tf.loadLayersModel(other));
    t.deepEqual(held(), before, 'also with another handler');
  });
}

for (const optimizer of ['adam', 'sgd', 'rmsprop'] as const) {
  test.serial(`a successful load holds its weights and its optimizer (${optimizer})`, async (t) => {
    await tf.setBackend('cpu');
    const directory = temporaryDirectory(t);
    await saved(directory, optimizer);
    const before = held();
    const load = () => tf.loadLayersModel(fileSystem(join(directory, 'model.json')));
    const models = [await load(), ...(await Promise.all([load(), load(), load()]))];
    const each = (held().numTensors - before.numTensors) / models.length;
    // Two layers; Adam has two moments and two products, SGD its rate, RMSProp two moments here.
    t.is(each, {adam: 4 + 2 * 4 + 2, sgd: 4 + 1, rmsprop: 4 + 2 * 4}[optimizer]);
    const first = models[0].getWeights().map((weight) => [...weight.dataSync()]);
    for (const model of models) {
      t.deepEqual(
        model.getWeights().map((weight) => [...weight.dataSync()]),
        first,
      );
      const error = t.throws(() => model.loadWeights({nonsense: tf.scalar(1)}));
      t.regex(error?.message ?? '', /no target variable/);
      t.deepEqual(
        model.getWeights().map((weight) => weight.isDisposed),
        [false, false, false, false],
      );
    }
  });
}

const STRAYS: Record<string, Change> = {
  'a layer that leads to no output': (json) => {
    const [input, , outer] = layers(json);
    const inbound_nodes = [[[input.name, 0, 0, {}]]];
    layers(json).push({...outer, name: 'stray', config: {...outer.config, name: 'stray'}, inbound_nodes});
  },
  'a layer in place of a constraint': (json) => {
    const {class_name, config} = layers(json)[2];
    layers(json)[2].config = {
      ...config,
      bias_constraint: {class_name, config: {...config, activation: 'relu'}},
    };
  },
  'a constraint': (json) => {
    layers(json)[2].config.kernel_constraint = {class_name: 'NonNeg', config: {}};
  },
};

for (const [what, edit] of Object.entries(STRAYS)) {
  // A file with Adam's moments holds enough numbers for weights that the model lacks.
  for (const optimizer of ['sgd', 'adam']) {
    test.serial(`a disposed model leaves nothing: ${what} (${optimizer})`, async (t) => {
      await tf.setBackend('cpu');
      const directory = temporaryDirectory(t);
      await saved(directory, optimizer);
      change(directory, edit);
      const before = held();
      const load = tf.loadLayersModel(fileSystem(join(directory, 'model.json')));
      const model = await load.catch(() => undefined);
      const loaded = model?.optimizer;
      model?.dispose();
      loaded?.dispose();
      t.deepEqual(held(), before);
    });
  }
}

/** A foreign layer that wraps one of tfjs's without listing it. */
class Holder extends tf.layers.Layer {
  static className = 'Holder';
  private hidden!: tf.layers.Layer;

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const [dense, fromConfig] = tf.serialization.SerializationMap.getMap().classNameMap.Dense;
    const holder = new cls(config);
    Object.assign(holder, {hidden: fromConfig(dense, {units: 4})});
    return holder;
  }

  override build(inputShape: tf.Shape): void {
    this.hidden.build(inputShape);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.hidden.apply(inputs) as tf.Tensor;
  }
}

test.serial('keeps the weights that a foreign layer holds', async (t) => {
  await tf.setBackend('cpu');
  tf.serialization.registerClass(Holder);
  const directory = temporaryDirectory(t);
  await saved(directory, 'adam');
  change(directory, (json) => {
    layers(json)[1].config.layers.push({class_name: 'Holder', config: {name: 'holder'}});
  });
  const model = await tf.loadLayersModel(fileSystem(join(directory, 'model.json')));
  t.deepEqual((model.predict(tf.ones([2, 3])) as tf.Tensor).shape, [2, 2]);
});

test.serial('too few bytes from another handler leave no model, and the engine as it was', async (t) => {
  await tf.setBackend('cpu');
  const directory = temporaryDirectory(t);
  await saved(directory, 'adam');
  const json = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
  const {variables, scope} = held();
  const artifacts = {...json, weightSpecs: specs(json), weightData: new ArrayBuffer(7)};
  await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(artifacts)));
  t.is(held().variables, variables);
  t.is(held().scope, scope);
});
