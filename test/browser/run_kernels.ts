import * as tf from '@tensorflow/tfjs';
import type {KernelCase} from './kernel_cases';

/** The case's tensors, with upstream gradients of 1. */
export function caseTensors({attrs, labels, predictions, dtype, packed}: KernelCase) {
  const {form, rows, classes} = attrs;
  const labelShape = {
    index: [rows],
    multiHot: [rows, classes],
    multiHotWithBackground: [rows, classes + 1],
  }[form];
  return tf.tidy(() => {
    const logits = tf.tensor2d(predictions, [rows, classes]);
    return {
      logits: packed ? tf.add(logits, tf.fill([rows, classes], 0)) : logits,
      labels: tf.tensor(labels, labelShape, dtype),
      dy: tf.ones([rows]),
    };
  });
}

/** Losses and gradient by the kernels alone. */
export function runKernels(
  {family, attrs}: Pick<KernelCase, 'family' | 'attrs'>,
  {logits, labels, dy}: ReturnType<typeof caseTensors>,
): [tf.Tensor, tf.Tensor] {
  const name = family === 'sigmoid' ? 'TailSigmoidLoss' : 'TailSoftmaxLoss';
  const attributes = {...attrs, differentiable: true} as unknown as tf.NamedAttrMap;
  return tf.tidy(() => {
    const [losses, saved] = tf.engine().runKernel(name, {logits, labels}, attributes) as tf.Tensor[];
    const inputs = {dy, saved, logits, labels};
    return [losses, tf.engine().runKernel(`${name}Grad`, inputs, attributes) as tf.Tensor];
  });
}
