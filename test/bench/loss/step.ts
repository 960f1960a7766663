import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss} from '../../../src';
import {type Contender, timeOf} from './contender';
import type {Backend} from './tfjs';

export const BATCH = 512;
export const INPUTS = 1024;
export const CLASSES = 1230;

export const CONSTANT = 'a constant gradient' as const;
export const EQL = 'EqualizationLoss' as const;
export const BCE = "tfjs's binaryCrossentropy" as const;
export type StepName = typeof CONSTANT | typeof EQL | typeof BCE;
export const STEP_NAMES: readonly StepName[] = [CONSTANT, EQL, BCE];

type LossFn = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

// What a step costs without a loss: its gradient is there from the start, in the backend's own memory.
function constantLoss(): LossFn {
  const gradient = tf.keep(tf.tidy(() => tf.mul(tf.randomNormal([BATCH, CLASSES]), 1 / BATCH)));
  const loss = tf.customGrad((z: unknown) => ({
    value: tf.zeros([(z as tf.Tensor).shape[0]]),
    gradFunc: () => gradient.clone(),
  }));
  return (_, yPred) => loss(yPred);
}

function equalizationLoss(): LossFn {
  const freqInfo = Array.from({length: CLASSES}, (_, j) => (j % 2 === 0 ? 0 : 1));
  return new EqualizationLoss({lambda: 0.5, freqInfo}) as unknown as LossFn;
}

const LOSSES: Record<StepName, () => LossFn> = {
  [CONSTANT]: constantLoss,
  [EQL]: equalizationLoss,
  [BCE]: () => (yTrue, yPred) => tf.metrics.binaryCrossentropy(yTrue, tf.sigmoid(yPred)),
};

/** A training step of a dense layer with a loss on a backend. */
export function stepContender(backend: Backend, name: StepName): Contender {
  let train = async (): Promise<unknown> => undefined;
  return {
    name: `${backend}: ${name}`,
    setUp: async () => {
      const model = tf.sequential({layers: [tf.layers.dense({units: CLASSES, inputShape: [INPUTS]})]});
      model.compile({optimizer: 'sgd', loss: LOSSES[name]()});
      const x = tf.randomNormal([BATCH, INPUTS]);
      // Background among them, so that the loss does not miss it.
      const labels = Array.from({length: BATCH}, (_, i) => (i * 7919) % (CLASSES + 1));
      const integers = tf.tensor1d(labels, 'int32');
      const y = name === EQL ? integers : tf.oneHot(integers, CLASSES).toFloat();
      train = () => model.trainOnBatch(x, y);
    },
    run: () => timeOf(train),
    tearDown: async () => {},
  };
}
