import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss} from '../../src';
import {type Contender, leasts, medians} from './loss/contender';
import {eqlInC} from './loss/peer';
import {type Backend, backendsHere, useBenchBackend} from './loss/tfjs';

const BATCH = 512;
const INPUTS = 1024;
const CLASSES = 1230;
const CONSTANT = 'a constant gradient';
const MOVED = 'logits read and handed back as the gradient';
const WAITED = 'the same and a wait as long as the pass takes in C';
const EQL = 'EqualizationLoss';
const BCE = "tfjs's binaryCrossentropy";

type LossFn = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

function step(backend: Backend, name: string, loss: LossFn, hot: boolean): Contender {
  let train = async () => {};
  let dispose = () => {};
  const use = async () => {
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
  };
  return {
    name,
    setUp: async () => {
      await use();
      const model = tf.sequential({layers: [tf.layers.dense({units: CLASSES, inputShape: [INPUTS]})]});
      model.compile({optimizer: 'sgd', loss});
      const x = tf.randomNormal([BATCH, INPUTS]);
      // With background, so that the loss does not miss it.
      const labels = tf.tensor1d(
        Array.from({length: BATCH}, (_, i) => (i * 7919) % (CLASSES + 1)),
        'int32',
      );
      const y = hot ? tf.oneHot(labels, CLASSES).toFloat() : labels;
      train = async () => {
        await model.trainOnBatch(x, y);
      };
      dispose = () => {
        model.dispose();
        tf.dispose([x, y, labels]);
      };
    },
    run: async () => {
      await use();
      const start = performance.now();
      await train();
      return performance.now() - start;
    },
    tearDown: async () => dispose(),
  };
}

/** The least time of the pass in C, in milliseconds; undefined without a compiler. */
async function timeInC(): Promise<number | undefined> {
  const peer = eqlInC();
  if (peer == null) return undefined;
  const times = await leasts([peer], [BATCH, CLASSES], 10, 10);
  peer.close();
  return times.get(peer.name);
}

/** A loss that computes nothing: it reads the logits, waits on this thread, and hands them back as the gradient. */
function movedAfter(ms: number) {
  return tf.customGrad((z: unknown) => {
    const {shape} = z as tf.Tensor;
    const values = (z as tf.Tensor).dataSync();
    const start = performance.now();
    while (performance.now() - start < ms);
    return {value: tf.zeros([shape[0]]), gradFunc: () => tf.tensor(values, shape)};
  });
}

/** Prints what a dense 1024 → 1230 training step costs with EQL, beside losses that compute nothing, and tfjs's own. */
export async function printStepBench(): Promise<void> {
  tf.enableProdMode();
  console.log(`\nA training step of a dense layer, ${INPUTS} → ${CLASSES}, batch of ${BATCH}`);
  for (const backend of backendsHere()) {
    await useBenchBackend(backend);
    const freqInfo = Array.from({length: CLASSES}, (_, j) => (j % 2 === 0 ? 0 : 1));
    const gradient = tf.keep(tf.randomNormal([BATCH, CLASSES]));
    const constant = tf.customGrad((z: unknown) => ({
      value: tf.zeros([(z as tf.Tensor).shape[0]]),
      gradFunc: () => gradient.clone(),
    }));
    const moved = movedAfter(0);
    const integers = new EqualizationLoss({lambda: 0.5, freqInfo, gamma: 1});
    // On tfjs-node, the only backend here with threads, no pass in such vectors costs less than this wait.
    const inC = backend === 'tensorflow' ? await timeInC() : undefined;
    const waited = inC == null ? [] : [step(backend, WAITED, (_, z) => movedAfter(inC)(z), true)];
    const steps = [
      step(backend, CONSTANT, (_, z) => constant(z), true),
      step(backend, MOVED, (_, z) => moved(z), true),
      ...waited,
      step(backend, EQL, integers as unknown as LossFn, false),
      step(backend, BCE, (y, z) => tf.metrics.binaryCrossentropy(y, tf.sigmoid(z)), true),
    ];
    const ms = await medians(steps, [BATCH, CLASSES], backend === 'cpu' ? 5 : 151, 75);
    const floor = ms.get(CONSTANT) as number;
    const beside = steps.slice(1).map(({name}) => {
      const own = ms.get(name) as number;
      return `, ${name} ${own.toFixed(1)} ms (${(own / floor).toFixed(3)} ×)`;
    });
    console.log(`${backend}: ${CONSTANT} ${floor.toFixed(1)} ms${beside.join('')}`);
    gradient.dispose();
  }
}

if (require.main === module) void printStepBench();
