import * as tf from '@tensorflow/tfjs';
import {charCnn} from '../../models/moby-dick/network';
import {EqualizationLoss} from '../../src';
import {registerGpuTrainingKernels} from '../../src/kernels/gpu/register';
import {countDispatches} from './harness/count_dispatches';
import {removeLossKernels} from './harness/loss_kernels';
import {type PageSetting, startBackend} from './harness/start_backend';

/** How many programs a training step of the main job's network runs on a GPU, by loss. */
export interface StepDispatches {
  /** Forward and backward, with this package's kernels for the loss. */
  fused: number;
  /** The same, with the loss out of tfjs ops. */
  composed: number;
  /** The same, with tfjs-layers' binary cross entropy on one-hot labels. */
  binaryCrossentropy: number;
  /** Adam's update, which is tfjs's own. */
  optimizer: number;
  /** The same by `tfjs-longtail/kernels/gpu`. */
  fusedOptimizer: number;
}

declare global {
  interface Window {
    countStep(setting: PageSetting): Promise<StepDispatches>;
  }
}

const [BATCH, CLASSES, SIDE] = [64, 73, 16];

type LossFn = (z: tf.Tensor) => tf.Tensor;

window.countStep = async (setting) => {
  await startBackend(setting);
  const model = charCnn({classes: CLASSES, side: SIDE, seed: 1});
  const x = tf.randomUniform([BATCH, SIDE, SIDE, 1], 0, 1, 'float32', 1);
  const y = tf.tensor1d(
    Array.from({length: BATCH}, (_, i) => (i * 7919) % (CLASSES + 1)),
    'int32',
  );
  const hot = tf.oneHot(y, CLASSES).toFloat();
  const freqInfo = Array.from({length: CLASSES}, (_, j) => 1 / (j + 1));
  const eql = new EqualizationLoss({lambda: 0.1, freqInfo, requireBackground: false});
  const gradients = (loss: LossFn) =>
    tf.variableGrads(() => loss(model.apply(x, {training: true}) as tf.Tensor).mean() as tf.Scalar).grads;
  const count = (loss: LossFn) => {
    // The first step compiles programs, and uploads what later ones find there.
    tf.tidy(() => void gradients(loss));
    return countDispatches(() => tf.tidy(() => void gradients(loss)));
  };
  const fused = count((z) => eql.call(y, z));
  const optimizer = tf.train.adam(1e-3);
  const update = () =>
    tf.tidy(() => {
      const byName = Object.entries(gradients((z) => eql.call(y, z)));
      optimizer.applyGradients(byName.map(([name, tensor]) => ({name, tensor})));
    });
  update();
  const step = countDispatches(update);
  registerGpuTrainingKernels();
  update();
  const fusedStep = countDispatches(update);
  const giveBack = removeLossKernels(tf.getBackend());
  const composed = count((z) => eql.call(y, z));
  giveBack();
  const binaryCrossentropy = count((z) => tf.metrics.binaryCrossentropy(hot, tf.sigmoid(z)));
  return {fused, composed, binaryCrossentropy, optimizer: step - fused, fusedOptimizer: fusedStep - fused};
};
