import test from 'ava';
import * as longtail from '../../../src';

// The package comes before TensorFlow.js here, and so before its cpu backend; in most other tests after it.
test('gradients are replaced when the package is imported before the backend', async (t) => {
  t.truthy(longtail.EqualizationLoss);
  const warnings: unknown[] = [];
  const {warn} = console;
  console.warn = (message: unknown) => warnings.push(message);
  const tf = await import('@tensorflow/tfjs');
  const names = ['MaxPool3DGrad', 'ResizeBilinearGrad', 'ResizeNearestNeighborGrad'];
  const functions = () => names.map((name) => tf.getKernel(name, 'cpu').kernelFunc);
  const theirs = functions();
  await tf.setBackend('cpu');
  const ours = functions();
  await tf.setBackend('cpu');
  console.warn = warn;
  t.deepEqual(warnings, []);
  t.true(ours.every((kernel, i) => kernel !== theirs[i]));
  t.deepEqual(functions(), ours, 'once is enough');

  // Two images of one pixel, each spread over four: both get the sum of what belongs to them.
  const images = tf.tensor4d([1, 2], [2, 1, 1, 1]);
  const spread = (x: unknown) => tf.image.resizeNearestNeighbor(x as typeof images, [2, 2]);
  const dy = tf.tensor4d([1, 2, 3, 4, 50, 60, 70, 80], [2, 2, 2, 1]);
  t.deepEqual([...tf.grad(spread)(images, dy).dataSync()], [10, 260]);
});
