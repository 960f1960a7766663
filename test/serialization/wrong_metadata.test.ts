import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss} from '../../src/index.node';
import {savedArtifacts} from '../helpers/models';
import {build, held} from './held';

tf.enableProdMode();

// biome-ignore lint/suspicious/noExplicitAny: JSON
type Json = any;

// Mistakes in the metadata's training configuration, and their messages.
const WRONG: Record<string, [change: (held: Json) => void, message: RegExp]> = {
  'a class that is not registered': [
    (held) => {
      held.loss.class_name = 'longtail>Fancy';
    },
    /saved with 'longtail>Fancy', which is not registered here.*newer version/,
  ],
  'a metric of an entry point that is not imported': [
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
  'a state that is not an object': [
    (held) => {
      held.loss.state = [3];
    },
    /Expected `longtail>EqualizationLoss\.state` to be an object. Received: \[3\]/,
  ],
  'a state for a class without one': [
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
  'a metric whose name is taken': [
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

test.serial('names mistakes in the metadata, and the load leaves nothing', async (t) => {
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
