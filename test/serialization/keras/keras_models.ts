import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type * as tf from '@tensorflow/tfjs';

type Config = Record<string, unknown>;

interface Written {
  training_config: Config;
  compile_config: Config;
}

/** Models written and trained by Keras 3, from test/fixtures/make_keras_fixtures.py. */
export const keras: {
  steps: number;
  start: {kernel: number[][]; bias: number[]};
  x: number[][];
  y: number[][];
  trained: Record<string, Written & {kernel: number[][]; bias: number[]}>;
  not_in_tfjs: Record<string, Written>;
  by_name: Record<string, {config: Record<string, number | boolean>; kernel: number[][]; bias: number[]}>;
} = JSON.parse(readFileSync(join(__dirname, '../../fixtures/keras_training_configs.json'), 'utf8'));

const weights = new Float32Array([...keras.start.kernel.flat(), ...keras.start.bias]);
const modelConfig = {
  class_name: 'Sequential',
  config: {
    name: 'sequential',
    layers: [
      {
        class_name: 'Dense',
        config: {
          name: 'scores',
          batch_input_shape: [null, 3],
          units: 2,
          activation: 'softmax',
          use_bias: true,
        },
      },
    ],
  },
};

/** The fixtures' model as the converter writes it from an HDF5 file. */
export function fromH5(trainingConfig?: Config): tf.io.ModelArtifacts {
  const topology = {keras_version: '2.15.0', backend: 'tensorflow', model_config: modelConfig};
  return artifacts(trainingConfig ? {...topology, training_config: trainingConfig} : topology);
}

/** The same model, from a `.keras` file. */
export function fromKerasFile(compileConfig: Config): tf.io.ModelArtifacts {
  return artifacts({keras_version: '3.0.0', model_config: {...modelConfig, compile_config: compileConfig}});
}

function artifacts(modelTopology: object): tf.io.ModelArtifacts {
  return {
    modelTopology,
    format: 'layers-model',
    generatedBy: 'keras v2.15.0',
    convertedBy: 'TensorFlow.js Converter v4.22.0',
    weightSpecs: [
      {name: 'scores/kernel', shape: [3, 2], dtype: 'float32'},
      {name: 'scores/bias', shape: [2], dtype: 'float32'},
    ],
    weightData: weights.slice().buffer,
  };
}

/** Runs `action` and returns its warnings. */
export async function warningsOf(action: () => unknown): Promise<string[]> {
  const original = console.warn;
  const warnings: string[] = [];
  console.warn = (...args: unknown[]) => warnings.push(args.join(' '));
  try {
    await action();
  } finally {
    console.warn = original;
  }
  return warnings;
}
