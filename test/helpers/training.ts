import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {useBackend} from './backends';

/** A model, not compiled, and what to train it on; made anew on each backend, from fixed seeds. */
export interface TrainingCase {
  model: () => tf.LayersModel;
  data: (model: tf.LayersModel) => {x: tf.Tensor; y: tf.Tensor};
  compile: () => tf.ModelCompileArgs;
  steps: number;
}

export interface Trained {
  weights: Float32Array[];
  losses: number[];
}

export async function train({model: make, data, compile, steps}: TrainingCase): Promise<Trained> {
  const model = make();
  model.compile(compile());
  const {x, y} = data(model);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) losses.push((await model.trainOnBatch(x, y)) as number);
  const weights = model.getWeights().map((weight) => weight.dataSync<'float32'>());
  model.dispose();
  tf.dispose([x, y]);
  return {weights, losses};
}

/** Trains on the wasm backend as on the cpu backend: the same losses, the same weights; returns wasm's. */
export async function trainsAlike(t: ExecutionContext, training: TrainingCase): Promise<Trained> {
  await useBackend('cpu');
  const cpu = await train(training);
  await useBackend('wasm');
  const wasm = await train(training);
  for (const [i, expected] of cpu.weights.entries()) assertClose(t, wasm.weights[i], expected, `weight ${i}`);
  assertClose(t, Float32Array.from(wasm.losses), Float32Array.from(cpu.losses), 'loss');
  return wasm;
}

function assertClose(t: ExecutionContext, actual: Float32Array, expected: Float32Array, what: string): void {
  // Weights that ought to stay at zero, as a bias before batch normalization does, hold rounding noise.
  const scale = Math.max(...expected.map(Math.abs), 1e-2);
  const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
  // Some steps through a few hundred float32 additions each.
  t.true(worst < 2e-5 * scale, `${what}: off by ${worst}, the largest being ${scale}`);
}
