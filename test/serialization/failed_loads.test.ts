import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, fileSystem} from '../../src/index.node';
import {savedArtifacts} from '../helpers/models';
import {temporaryDirectory} from '../io/files/temporary';

tf.enableProdMode();

// Read and changed as files, by one that knows nothing of how they are made.
// biome-ignore lint/suspicious/noExplicitAny: JSON
type Json = any;
type Change = (json: Json, weights: Buffer) => void;

function build(): tf.LayersModel {
  const input = tf.input({shape: [3]});
  const inner = tf.sequential({layers: [tf.layers.dense({units: 4, inputShape: [3], name: 'inner'})]});
  const output = tf.layers.dense({units: 2, name: 'outer'}).apply(inner.apply(input)) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: output});
}

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
/** The place of a weight's bytes, all of 4 bytes a value. */
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
  "steps of Adam's that are none": (json, weights) => {
    weights.writeInt32LE(-1, offsetOf(json, 'iter'));
  },
  'weights whose bytes are not there': (json) => {
    specs(json)[0].shape[0] += 1;
  },
};

const held = () => {
  const {numTensors, numDataBuffers} = tf.memory();
  const engine = tf.engine() as unknown as {
    state: {activeScope: unknown};
    registeredVariables: Record<string, tf.Variable>;
  };
  return {
    numTensors,
    numDataBuffers,
    variables: Object.keys(engine.registeredVariables).length,
    // Where a scope stays open, tensors that are made later are not those of the caller's.
    scope: engine.state.activeScope,
  };
};

/** What a handler other than ours gives for the same files. */
async function inMemory(directory: string): Promise<tf.io.IOHandler> {
  const json = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
  const [{paths, weights}] = json.weightsManifest;
  const bytes = new Uint8Array(readFileSync(join(directory, paths[0])));
  return tf.io.fromMemory({...json, weightSpecs: weights, weightData: bytes.buffer});
}

for (const [what, edit] of Object.entries(FAILURES)) {
  test.serial(`a load that fails leaves nothing: ${what}`, async (t) => {
    await tf.setBackend('cpu');
    const directory = temporaryDirectory(t);
    await saved(directory, 'adam');
    change(directory, edit);
    const before = held();
    for (let i = 0; i < 3; i++) {
      await t.throwsAsync(tf.loadLayersModel(fileSystem(join(directory, 'model.json'))));
      t.deepEqual(held(), before);
    }
    if (what.includes('bytes')) return;
    const other = await inMemory(directory);
    await t.throwsAsync(tf.loadLayersModel(other));
    t.deepEqual(held(), before, 'also by another handler');
  });
}

// What is wrong in the training configuration that the metadata hold, and what is said of it.
const WRONG: Record<string, [change: (held: Json) => void, message: RegExp]> = {
  'a class that is not registered': [
    (held) => {
      held.loss.class_name = 'longtail>Fancy';
    },
    /saved with 'longtail>Fancy', which is not registered here.*newer version/,
  ],
  'a metric of an entry that is not imported': [
    (held) => {
      held.metrics[0].class_name = 'longtail>Precision';
    },
    /saved with 'longtail>Precision', .* Import tfjs-longtail\/metrics before loading/,
  ],
  'a name of any length': [
    (held) => {
      held.loss.class_name = 'x'.repeat(1e5);
    },
    /^In the file's `loss`: The model was saved with 'x{99}…', which is not registered here/,
  ],
  'a metric for the loss': [
    (held) => {
      held.loss = held.metrics[0];
    },
    /Expected `loss` to be a saved Loss. Received: "longtail>BalancedAccuracy"/,
  ],
  'a loss without a configuration': [
    (held) => {
      delete held.loss.config;
    },
    /Expected `config` to be an object, the configuration of a saved longtail>EqualizationLoss/,
  ],
  'a metric whose configuration is null': [
    (held) => {
      held.metrics[0].config = null;
    },
    /Expected `config` to be an object, .* saved longtail>BalancedAccuracy. Received: null/,
  ],
  'a step below 0': [
    (held) => {
      held.loss.config.step = -1;
    },
    /`step` to be an integer ≥ 0/,
  ],
  'a step below 0 in the state': [
    (held) => {
      held.loss.state.step = -1;
    },
    /Expected `state\.step` to be an integer ≥ 0. Received: -1/,
  ],
  'a state that is no object': [
    (held) => {
      held.loss.state = [3];
    },
    /Expected `longtail>EqualizationLoss\.state` to be an object. Received: \[3\]/,
  ],
  'a state of what has none': [
    (held) => {
      held.metrics[0].state = {step: 1};
    },
    /Expected `longtail>BalancedAccuracy\.state` to be absent, .* Received: \{step\}/,
  ],
  'frequencies without a configuration': [
    (held) => {
      held.loss.config.freq_info = {class_name: 'ClassFrequency'};
    },
    /Expected `json` to be an object, what ClassFrequency\.toJSON wrote. Received: undefined/,
  ],
  'a counter whose configuration is empty': [
    (held) => {
      held.loss.config.freq_info = {class_name: 'ClassFrequencyCounter', config: {}};
    },
    /Expected `num_images` to be an integer/,
  ],
  'no loss': [(held) => delete held.loss, /Expected `tfjs-longtail\.loss`/],
  'no optimizer': [(held) => delete held.optimizer_config, /Expected `tfjs-longtail\.optimizer_config`/],
  'an unknown optimizer': [
    (held) => {
      held.optimizer_config.class_name = 'Lion';
    },
    /Expected `tfjs-longtail\.optimizer_config\.class_name` .* Received: "Lion"/,
  ],
  'a layer for the optimizer': [
    (held) => {
      held.optimizer_config.class_name = 'Dense';
    },
    /optimizer_config\.class_name` .* Received: "Dense"/,
  ],
  'a metric of a name that is taken': [
    (held) => {
      held.metrics[0].config.name = 'batch';
    },
    /batch/,
  ],
  'a format below 1': [
    (held) => {
      held.format_version = 0;
    },
    /Expected `tfjs-longtail\.format_version` to be an integer ≥ 1. Received: 0/,
  ],
};

test.serial('what is wrong in the metadata is said, and the load leaves nothing', async (t) => {
  await tf.setBackend('cpu');
  const model = build();
  const loss = new EqualizationLoss({lambda: 0.1, freqInfo: [0.5, 0.01]});
  model.compile({optimizer: 'adam', loss, metrics: [new BalancedAccuracy()]});
  const artifacts = await savedArtifacts(model);
  const before = held();
  for (const [what, [edit, message]] of Object.entries(WRONG)) {
    const userDefinedMetadata = JSON.parse(JSON.stringify(artifacts.userDefinedMetadata));
    edit(userDefinedMetadata['tfjs-longtail']);
    const load = () => tf.loadLayersModel(tf.io.fromMemory({...artifacts, userDefinedMetadata}));
    await t.throwsAsync(load, {name: 'ValueError', message}, what);
    t.deepEqual(held(), before, what);
  }
});

for (const optimizer of ['adam', 'sgd', 'rmsprop'] as const) {
  test.serial(`a load that succeeds holds its weights and its optimizer (${optimizer})`, async (t) => {
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
  'a layer where a constraint should stand': (json) => {
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
  // A file with Adam's moments holds numbers enough for weights that the model does not have.
  for (const optimizer of ['sgd', 'adam']) {
    test.serial(`a model that is disposed of leaves nothing: ${what} (${optimizer})`, async (t) => {
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

test.serial(
  'bytes that another handler gives too few of leave no model, and the engine as it was',
  async (t) => {
    await tf.setBackend('cpu');
    const directory = temporaryDirectory(t);
    await saved(directory, 'adam');
    const json = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
    const {variables, scope} = held();
    const artifacts = {...json, weightSpecs: specs(json), weightData: new ArrayBuffer(7)};
    await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(artifacts)));
    t.is(held().variables, variables);
    t.is(held().scope, scope);
  },
);
