import * as tf from '@tensorflow/tfjs';
import {BalancedAccuracy, EqualizationLoss, SeesawLoss} from '../../src';
import {CLASSES, freqInfo, smallData, smallModel} from '../helpers/models';
import {read} from './evaluate';
import {assert, assertClose, check} from './harness/check';

const LOSSES = {
  drawn: () => new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.9, seed: 11}),
  stateful: () => new SeesawLoss({numClasses: CLASSES}),
};
const FIT = {batchSize: 20, verbose: 0, shuffle: false} as const;

const contextOf = () => (tf.backend() as unknown as {gpgpu: {gl: WebGLRenderingContext}}).gpgpu.gl;

/** Takes the context away; gives it back when called, as browsers may. */
function loseContext(): () => void {
  const extension = contextOf().getExtension('WEBGL_lose_context');
  assert(extension != null, 'The browser cannot lose a context.');
  extension.loseContext();
  return () => extension.restoreContext();
}

async function restartWebgl(): Promise<void> {
  const factory = tf.findBackendFactory('webgl');
  tf.removeBackend('webgl');
  tf.registerBackend('webgl', factory, 2);
  assert(await tf.setBackend('webgl'), 'WebGL does not start again.');
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const data = () => {
  const {xs, ys} = smallData(60);
  const foreground = tf.tidy(() => tf.mod(ys, CLASSES) as tf.Tensor1D);
  ys.dispose();
  return {xs, ys: foreground};
};

function problem(kind: keyof typeof LOSSES) {
  const model = smallModel();
  const metrics = [new BalancedAccuracy()] as never;
  model.compile({optimizer: tf.train.adam(0.03), loss: LOSSES[kind]() as never, metrics});
  return {model, ...data()};
}

async function weights(model: tf.LayersModel): Promise<number[]> {
  return (await read(model.getWeights().map((weight) => weight.clone()))).flat();
}

async function settles(what: string, fn: () => unknown): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no end')), 10_000);
  });
  const outcome = await Promise.race([Promise.resolve().then(fn), late]).then(
    (value) => `gave ${JSON.stringify(value)}`.slice(0, 200),
    (error: Error) => error.message,
  );
  clearTimeout(timer);
  assert(outcome.startsWith('The WebGL context was lost'), `${what}: ${outcome}`);
}

/** That whatever reads a value of the GPU says that it was lost. */
async function nothingIsSilent(model: tf.LayersModel, xs: tf.Tensor2D, ys: tf.Tensor1D, old: tf.Tensor) {
  await settles('trainOnBatch', () => model.trainOnBatch(xs, ys));
  await settles('fit', () => model.fit(xs, ys, {...FIT, epochs: 1}));
  await settles('evaluate', () => (model.evaluate(xs, ys) as tf.Scalar[])[0].dataSync());
  await settles('predict', () => (model.predict(xs) as tf.Tensor).dataSync());
  await settles('predict, read with a wait', () => (model.predict(xs) as tf.Tensor).data());
  await settles('a tensor of before', () => old.dataSync());
  await settles('a tensor of before, read with a wait', () => old.data());
  await settles('save', () => model.save('indexeddb://context', {includeOptimizer: true}));
}

for (const kind of ['drawn', 'stateful'] as const) {
  check(
    `${kind}: after a lost context, training goes on from the saved model as if nothing were`,
    async () => {
      await restartWebgl();
      const {model, xs, ys} = problem(kind);
      await model.fit(xs, ys, {...FIT, epochs: 2});
      await model.save('indexeddb://context', {includeOptimizer: true});
      const saved = await weights(model);
      const uninterrupted = await model.fit(xs, ys, {...FIT, epochs: 2});
      const expected = await weights(model);

      const old = tf.neg(xs);
      const restore = loseContext();
      await nothingIsSilent(model, xs, ys, old);
      // Only after the page was told.
      await wait(100);
      restore();
      for (let i = 0; i < 100 && contextOf().isContextLost(); i++) await wait(50);
      assert(!contextOf().isContextLost(), 'The context is still lost.');
      // What was on the GPU does not come back.
      await nothingIsSilent(model, xs, ys, old);

      await restartWebgl();
      const again = await tf.loadLayersModel('indexeddb://context');
      assertClose(await weights(again), saved, 0, 'saved weights');
      const fresh = data();
      const resumed = await again.fit(fresh.xs, fresh.ys, {...FIT, epochs: 2});
      for (const key of Object.keys(uninterrupted.history)) {
        assertClose(resumed.history[key] as number[], uninterrupted.history[key] as number[], 1e-6, key);
      }
      assertClose(await weights(again), expected, 1e-6, 'weights');
    },
  );

  check(`${kind}: a context that is lost in mid-training ends fit with an error`, async () => {
    await restartWebgl();
    const {model, xs, ys} = problem(kind);
    let batches = 0;
    class Lose extends tf.Callback {
      override async onBatchEnd() {
        if (++batches === 4) loseContext();
      }
    }
    await settles('fit', () => model.fit(xs, ys, {...FIT, epochs: 50, callbacks: [new Lose()]}));
    assert(batches === 4, `${batches} batches`);
  });

  check(`${kind}: a read that waits while the context is lost ends with an error`, async () => {
    await restartWebgl();
    const {model, xs, ys} = problem(kind);
    await model.trainOnBatch(xs, ys);
    const waiting = settles('data', () => (model.predict(xs) as tf.Tensor).data());
    const saving = settles('save', () => model.save('indexeddb://context', {includeOptimizer: true}));
    await Promise.resolve();
    loseContext();
    await Promise.all([waiting, saving]);
  });
}
