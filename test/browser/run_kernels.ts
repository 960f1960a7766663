import * as tf from '@tensorflow/tfjs';
import {read} from './evaluate';
import {assertClose} from './harness/check';
import {closedFormOf, type KernelCase, type Layout} from './kernel_cases';

/** The case's tensors, with upstream gradients of 1. */
export function caseTensors({attrs, labels, predictions, dtype, layout}: KernelCase) {
  const {form, rows, classes} = attrs;
  const labelShape = {
    index: [rows],
    multiHot: [rows, classes],
    multiHotWithBackground: [rows, classes + 1],
  }[form];
  return tf.tidy(() => ({
    logits: arranged(tf.tensor2d(predictions, [rows, classes]), layout.logits),
    labels: arranged(tf.tensor(labels, labelShape, dtype), layout.labels),
    dy: tf.ones([rows]),
  }));
}

/** The same tensor as it would lie in memory in the layout. */
export function arranged(x: tf.Tensor, layout: Layout): tf.Tensor {
  // tfjs slices, gathers and adds nothing of no size, and adds no booleans.
  if (layout === 'plain' || x.size === 0) return x;
  if (layout === 'packed') return x.dtype === 'bool' ? x : tf.add(x, tf.zeros(x.shape, x.dtype));
  const rows = tf.tensor1d([0, ...Array.from({length: x.shape[0]}, (_, row) => row)], 'int32');
  return tf.slice(tf.gather(x, rows), 1);
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

/** What the kernels make of a case; leaves no tensor. */
export async function evaluated(example: KernelCase): Promise<{losses: number[]; gradient: number[]}> {
  const tensors = caseTensors(example);
  const [losses, gradient] = await read(runKernels(example, tensors));
  tf.dispose(tensors);
  return {losses, gradient};
}

/** @throws Error where a loss or a gradient is further than 1e-5 · (1 + |x|) from the closed form. */
export async function compareWithClosedForm(example: KernelCase): Promise<void> {
  const {losses, gradient} = await evaluated(example);
  const expected = closedFormOf(example);
  assertClose(losses, expected.rowLosses, 1e-5, 'losses');
  assertClose(gradient, expected.gradient, 1e-5, 'gradient');
}
