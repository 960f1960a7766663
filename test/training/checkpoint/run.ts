import * as tf from '@tensorflow/tfjs';
import {BalancedAccuracy, LDAMLoss, SeesawLoss} from '../../../src';
import {classAware, type IndexedDataset, indexedArrays} from '../../../src/sampling';
import {
  type CheckpointOptions,
  type CheckpointStore,
  checkpoint,
  deferred,
  resume,
} from '../../../src/training';

const ROWS = 44;
const CLASSES = 4;
export const EPOCHS = 4;

/** A cosine of the steps that it has counted: the kind of schedule that has a state. */
export class CosineRate extends tf.Callback {
  steps = 0;

  override async onBatchEnd(): Promise<void> {
    this.steps++;
    const {optimizer} = (this as unknown as {model: {optimizer: {learningRate: number}}}).model;
    optimizer.learningRate = 0.01 * (1 + Math.cos(this.steps / 10));
  }

  getState() {
    return {steps: this.steps};
  }

  setState({steps}: {steps: number}): void {
    this.steps = steps;
  }
}

function network(): tf.Sequential {
  const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
  return tf.sequential({
    layers: [
      tf.layers.dense({units: 6, inputShape: [3], activation: 'tanh', kernelInitializer: seeded(1)}),
      tf.layers.batchNormalization(),
      tf.layers.dense({units: CLASSES, kernelInitializer: seeded(2)}),
    ],
  });
}

export function longTailed(): IndexedDataset {
  const ys = Int32Array.from({length: ROWS}, (_, i) => [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3][i % 11]);
  const data = tf.tidy(() => tf.randomNormal([ROWS, 3], 0, 1, 'float32', 3).dataSync()) as Float32Array;
  return indexedArrays({xs: {data, shape: [ROWS, 3]}, ys}, {batchSize: 8, sampler: classAware, seed: 5});
}

export interface RunOptions extends CheckpointOptions {
  epochs?: number;
  /** Called after each batch. */
  onBatch?: (batches: number) => void | Promise<void>;
}

/**
 * Trains to the end, from the newest checkpoint on if there is one: a loss with a state, another from epoch 2 on, Adam, a
 * schedule and a sampler.
 */
export async function train(
  store: string | CheckpointStore | undefined,
  {epochs = EPOCHS, onBatch, ...options}: RunOptions = {},
): Promise<{model: tf.LayersModel; weights: number[][]; from: string | undefined}> {
  const data = longTailed();
  const rate = new CosineRate();
  const run = store === undefined ? undefined : await resume(store, {data, states: {rate}});
  const model = run?.model ?? network();
  if (run === undefined) {
    const metrics = [new BalancedAccuracy()] as never;
    model.compile({
      optimizer: tf.train.adam(0.02),
      loss: new SeesawLoss({numClasses: CLASSES}) as never,
      metrics,
    });
  }
  let batches = 0;
  class Watch extends tf.Callback {
    override async onBatchEnd() {
      await onBatch?.(++batches);
    }
  }
  const callbacks = [
    rate,
    deferred({epoch: 2, loss: new LDAMLoss({freqInfo: [0.5, 0.3, 0.2, 0.1]}) as never}),
  ];
  if (store !== undefined) callbacks.push(checkpoint(store, {...options, states: {rate}}));
  callbacks.push(new Watch());
  await model.fitDataset(data as never, {
    epochs,
    initialEpoch: run?.initialEpoch ?? 0,
    callbacks,
    verbose: 0,
  });
  return {model, weights: model.getWeights().map((weight) => Array.from(weight.dataSync())), from: run?.name};
}
