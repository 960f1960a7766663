import * as tf from '@tensorflow/tfjs';
import {charCnn} from '../../../models/moby-dick/network';
import {EqualizationLoss} from '../../../src';
import {indexedArrays} from '../../../src/sampling';

/** A training step, or several of them, to be timed. */
export interface Job {
  /** Trains; `steps` of them. */
  run(): Promise<unknown>;
  steps: number;
  dispose(): void;
}

const BATCH = 64;
const CLASSES = 73;
/** Batches of an epoch of `fitDataset`. */
const BATCHES = 16;

type LossFn = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

const eql = (classes: number) =>
  new EqualizationLoss({
    lambda: 0.5,
    freqInfo: Array.from({length: classes}, (_, j) => (j % 2 === 0 ? 0 : 1)),
  }) as unknown as LossFn;

/** Integer labels, an eighth of them background. */
const labels = (rows: number, classes: number) =>
  Array.from({length: rows}, (_, i) => (i % 8 === 0 ? classes : (i * 7919) % classes));

function job(model: tf.LayersModel, xShape: number[], classes: number, optimizer: tf.Optimizer): Job {
  model.compile({optimizer, loss: eql(classes)});
  const x = tf.randomUniform(xShape, 0, 1, 'float32', 1);
  const y = tf.tensor1d(labels(xShape[0], classes), 'int32');
  return {
    run: () => model.trainOnBatch(x, y),
    steps: 1,
    dispose: () => {
      model.dispose();
      tf.dispose([x, y]);
    },
  };
}

const main = (side: number) => () =>
  job(charCnn({classes: CLASSES, side, seed: 1}), [BATCH, side, side, 1], CLASSES, tf.train.adam(1e-3));

function dense(): Job {
  const [inputs, classes] = [1024, 1230];
  const model = tf.sequential({layers: [tf.layers.dense({units: classes, inputShape: [inputs]})]});
  return job(model, [512, inputs], classes, tf.train.sgd(0.01));
}

/** A depthwise and a pointwise convolution, each with batch normalization and relu6, then the mean and a classifier. */
function block(): Job {
  const rest = () => [tf.layers.batchNormalization(), tf.layers.reLU({maxValue: 6})];
  const model = tf.sequential({
    layers: [
      tf.layers.depthwiseConv2d({inputShape: [14, 14, 32], kernelSize: 3, padding: 'same', useBias: false}),
      ...rest(),
      tf.layers.conv2d({filters: 64, kernelSize: 1, useBias: false}),
      ...rest(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({units: CLASSES}),
    ],
  });
  return job(model, [32, 14, 14, 32], CLASSES, tf.train.adam(1e-3));
}

/** An epoch of the main job's steps, over a dataset. */
export function overDataset(): Job {
  const side = 16;
  const model = charCnn({classes: CLASSES, side, seed: 1});
  model.compile({optimizer: tf.train.adam(1e-3), loss: eql(CLASSES)});
  const rows = BATCH * BATCHES;
  const data = Float32Array.from({length: rows * side * side}, (_, i) => ((i * 37) % 255) / 255);
  const xs = {data, shape: [rows, side, side, 1]};
  const dataset = indexedArrays({xs, ys: labels(rows, CLASSES)}, {batchSize: BATCH});
  return {
    run: () => model.fitDataset(dataset, {epochs: 1, verbose: 0, yieldEvery: 'never'}),
    steps: BATCHES,
    dispose: () => model.dispose(),
  };
}

/** As many of the main job's steps in a row, of batches that are there. */
export function byBatch(): Job {
  const {run, dispose} = main(16)();
  const steps = async () => {
    for (let i = 0; i < BATCHES; ++i) await run();
  };
  return {run: steps, steps: BATCHES, dispose};
}

/** The jobs by their names, which those of peers/step.py are too. */
export const JOBS: Record<string, () => Job> = {
  'main job, 16 pixels': main(16),
  'main job, 24 pixels': main(24),
  'dense 1024 → 1230, batch of 512': dense,
  'MobileNet block, 14 × 14 × 32': block,
};
