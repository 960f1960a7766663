import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {registerWasmTrainingKernels} from '../../../src/kernels/wasm';

// This file imports the kernels before the backend; all other tests, through test/helpers, after it.
test('the kernels take effect when they are imported before the backend', async (t) => {
  tf.enableProdMode();
  t.deepEqual(
    tf.getKernelsForBackend('wasm').map((kernel) => kernel.kernelName),
    [
      'Conv2DBackpropFilter',
      'DepthwiseConv2dNativeBackpropFilter',
      'DepthwiseConv2dNativeBackpropInput',
      'UnsortedSegmentSum',
      'ClippedGradient',
      'BatchNormSums',
      'OptimizerUpdate',
    ],
  );

  const warnings: unknown[] = [];
  const {warn} = console;
  console.warn = (message: unknown) => warnings.push(message);
  const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
  const theirs = tf.getKernelsForBackend('wasm');
  await tf.setBackend('wasm');
  const ours = tf.getKernelsForBackend('wasm');
  registerWasmTrainingKernels();
  registerWasmTrainingKernels();
  await tf.setBackend('cpu');
  await tf.setBackend('wasm');
  console.warn = warn;

  t.deepEqual(warnings, []);
  const again = tf.getKernelsForBackend('wasm');
  t.deepEqual(new Set(again), new Set(ours), 'registering is idempotent');
  const replaced = theirs.filter((kernel) => !ours.includes(kernel)).map((kernel) => kernel.kernelName);
  t.deepEqual(replaced.sort(), [
    'Add',
    'All',
    'Any',
    'ArgMax',
    'ArgMin',
    'AvgPool',
    'AvgPool3D',
    'AvgPoolGrad',
    'BatchMatMul',
    'Cast',
    'Conv2D',
    'Conv2DBackpropInput',
    'Conv3D',
    'Conv3DBackpropFilterV2',
    'Conv3DBackpropInputV2',
    'DepthwiseConv2dNative',
    'FusedBatchNorm',
    'FusedConv2D',
    'FusedDepthwiseConv2D',
    'GatherV2',
    'Identity',
    'Log1p',
    'Max',
    'MaxPool',
    'MaxPool3D',
    'MaxPool3DGrad',
    'MaxPoolGrad',
    'Mean',
    'Min',
    'Prelu',
    'Prod',
    'ResizeBilinearGrad',
    'ResizeNearestNeighborGrad',
    'Sum',
    'Tile',
    'Transpose',
    '_FusedMatMul',
  ]);

  const x = tf.ones<tf.Rank.R4>([1, 3, 3, 1]);
  const filter = tf.ones<tf.Rank.R4>([2, 2, 1, 1]);
  const [dx, dw] = tf.grads((a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid'))([x, filter]);
  t.deepEqual([...dx.dataSync()], [1, 2, 1, 2, 4, 2, 1, 2, 1]);
  t.deepEqual([...dw.dataSync()], [4, 4, 4, 4]);
});
