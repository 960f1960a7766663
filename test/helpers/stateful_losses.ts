import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import type {StatefulLoss} from '../../src';
import {useBackend} from './backends';
import {useGpuLikeBackend} from './gpu_like';
import {evaluateLoss} from './loss_cases';
import {largestRelativeError} from './loss_fixtures';
import {smallData, smallModel, twoHeads} from './models';

const labelsOf = (rows: number) =>
  tf.tensor1d(
    Array.from({length: rows}, (_, i) => (i * 7) % 5),
    'int32',
  );
const logitsOf = (rows: number, seed: number) => tf.randomNormal([rows, 5], 0, 3, 'float32', seed);

/** Of a loss of 5 classes: training moves the state, evaluation and rejected batches do not. */
export async function movesInTrainingOnly(t: ExecutionContext, make: () => StatefulLoss): Promise<void> {
  await useBackend('cpu');
  const loss = make();
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: loss as never});
  const {xs} = smallData(20);
  const ys = labelsOf(20);
  const fresh = loss.getState();
  await model.evaluate(xs, ys);
  await model.evaluateDataset(tf.data.zip({xs: tf.data.array([xs]), ys: tf.data.array([ys])}) as never, {});
  t.deepEqual(loss.getState(), fresh);
  await model.trainOnBatch(xs, ys);
  const trained = loss.getState();
  t.notDeepEqual(trained, fresh);
  await model.evaluate(xs, ys, {batchSize: 7});
  loss.call(ys, logitsOf(20, 1), {training: false});
  t.throws(() => loss(tf.fill([20], 9, 'int32'), logitsOf(20, 1)), {message: /`yTrue` to hold integers/});
  t.throws(() => loss(ys, tf.zeros([20, 4])), {message: /`numClasses` to be 4/});
  loss(tf.zeros([0, 5]), tf.zeros([0, 5]));
  t.deepEqual(loss.getState(), trained);
  const fitted = async (options: tf.ModelFitArgs) => {
    const [one, other] = [smallModel(), make()];
    one.compile({optimizer: 'sgd', loss: other as never});
    await one.fit(xs, ys, {epochs: 2, shuffle: false, verbose: 0, ...options});
    return other.getState();
  };
  t.deepEqual(await fitted({validationData: [xs, ys]}), await fitted({}));
}

/** One loss on two outputs sees the batches of both; under a tape and tidies no tensor is left or disposed too soon. */
export async function survivesTapes(t: ExecutionContext, make: () => StatefulLoss): Promise<void> {
  const run = () => {
    const loss = make();
    const [a, b] = [tf.variable(logitsOf(8, 1)), tf.variable(logitsOf(8, 2))];
    const labels = labelsOf(8);
    const results: number[] = [];
    let tensors = 0;
    for (let step = 0; step < 4; ++step) {
      tf.tidy(() => {
        const {value, grads} = tf.variableGrads(() =>
          tf.add(tf.mean(loss(labels, a)), tf.mean(tf.tidy(() => loss(labels, b)))).asScalar(),
        );
        results.push(...value.dataSync(), ...Object.values(grads).flatMap((g) => Array.from(g.dataSync())));
        for (const [name, gradient] of Object.entries(grads)) {
          const variable = [a, b].find((one) => one.name === name) as tf.Variable;
          variable.assign(tf.sub(variable, tf.mul(0.5, gradient)));
        }
      });
      if (step === 1) tensors = tf.memory().numTensors;
    }
    t.is(tf.memory().numTensors, tensors, 'no tensor is left behind by a step');
    tf.dispose([a, b]);
    const {values} = evaluateLoss(loss, labels, logitsOf(8, 3), {training: false});
    return [...results, ...values];
  };
  await useBackend('cpu');
  const cpu = run();
  await useBackend('wasm');
  t.true(largestRelativeError(run(), cpu, 1e-3) < 1e-5, 'wasm');
  await useGpuLikeBackend();
  t.true(largestRelativeError(run(), cpu, 1e-3) < 1e-4, 'composed');
}

/** The state goes along from backend to backend, and through JSON from a GPU, to the last bit there. */
export async function followsBackends(t: ExecutionContext, make: () => StatefulLoss): Promise<void> {
  await useGpuLikeBackend();
  const loss = make();
  for (const seed of [1, 2]) loss(labelsOf(8), logitsOf(8, seed));
  const again = make();
  again.setState(JSON.parse(JSON.stringify(loss.getState())));
  t.deepEqual(again.getState(), loss.getState());
  t.deepEqual(
    evaluateLoss(again, labelsOf(8), logitsOf(8, 3)),
    evaluateLoss(loss, labelsOf(8), logitsOf(8, 3)),
  );
  const composed = evaluateLoss(loss, labelsOf(8), logitsOf(8, 4), {training: false});
  const state = loss.getState();
  await useBackend('cpu');
  t.deepEqual(loss.getState(), state);
  const host = evaluateLoss(loss, labelsOf(8), logitsOf(8, 4), {training: false});
  t.true(largestRelativeError(host.values, composed.values, 1e-3) < 1e-5);
}

/** A loss object of each of two outputs, and one of both. */
export async function trainsTwoOutputs(t: ExecutionContext, make: () => StatefulLoss): Promise<void> {
  await useBackend('cpu');
  const {xs} = smallData(10);
  const ys = labelsOf(10);
  const [shared, one, two] = [make(), make(), make()];
  const model = twoHeads();
  model.compile({optimizer: 'sgd', loss: [one, two] as never});
  const values = (await model.trainOnBatch(xs, [ys, ys])) as number[];
  t.true(values.flat().every(Number.isFinite));
  t.notDeepEqual(one.getState(), make().getState());
  const other = twoHeads();
  other.compile({optimizer: 'sgd', loss: [shared, shared] as never});
  await other.trainOnBatch(xs, [ys, ys]);
  const [a, b] = twoHeads().predict(xs) as tf.Tensor[];
  const byHand = make();
  byHand(ys, a);
  byHand(ys, b);
  t.deepEqual(shared.getState(), byHand.getState());
}
