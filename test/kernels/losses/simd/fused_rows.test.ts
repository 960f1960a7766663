import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  AsymmetricLoss,
  BalancedSoftmaxLoss,
  ClassBalancedLoss,
  ClassDependentTemperatureLoss,
  ClassFrequency,
  EqualizationLossV2,
  FocalLoss,
  LabelAwareSmoothingLoss,
  LDAMLoss,
  LogitAdjustedLoss,
  type Loss,
  SeesawLoss,
} from '../../../../src';
import {FUSED_ROWS} from '../../../../src/kernels/losses/kernel_names';
import {useBackend} from '../../../helpers/backends';
import {type FusedOptions, fusedAsRows} from '../../../helpers/fused_cases';

const counts = (classes: number) =>
  new ClassFrequency({
    imageCounts: Array.from({length: classes}, (_, j) => 1 + ((j * 37) % 500)),
    numImages: 1000,
  });

const losses: Record<string, [make: (classes: number) => Loss, options?: FusedOptions]> = {
  BalancedSoftmaxLoss: [(classes) => new BalancedSoftmaxLoss({freqInfo: counts(classes)})],
  'LogitAdjustedLoss, biases far apart': [
    (classes) => new LogitAdjustedLoss({freqInfo: counts(classes), tau: 20}),
  ],
  LDAMLoss: [(classes) => new LDAMLoss({freqInfo: counts(classes)})],
  ClassDependentTemperatureLoss: [
    (classes) => new ClassDependentTemperatureLoss({freqInfo: counts(classes), gamma: 0.3}),
  ],
  LabelAwareSmoothingLoss: [
    (classes) => new LabelAwareSmoothingLoss({freqInfo: counts(classes), smoothHead: 0.4, smoothTail: 0.1}),
    // A gradient is the difference of a probability and the share of the label that is spread.
    {floor: (classes) => 0.4 / classes},
  ],
  FocalLoss: [() => new FocalLoss({alpha: 0.25}), {background: true}],
  'FocalLoss of γ = 0': [() => new FocalLoss({gamma: 0}), {background: true}],
  'FocalLoss of γ = 1': [() => new FocalLoss({gamma: 1}), {background: true}],
  'FocalLoss of γ = 3': [() => new FocalLoss({gamma: 3}), {background: true, tolerance: 2e-6}],
  'FocalLoss of γ = 4': [() => new FocalLoss({gamma: 4}), {background: true, tolerance: 2e-6}],
  'FocalLoss of γ = 2.5': [() => new FocalLoss({gamma: 2.5}), {background: true, tolerance: 4e-6}],
  'FocalLoss of a softmax': [() => new FocalLoss({activation: 'softmax', gamma: 1.5, alpha: 0.5})],
  AsymmetricLoss: [() => new AsymmetricLoss(), {background: true, tolerance: 2e-6}],
  'AsymmetricLoss of γ = 2': [
    () => new AsymmetricLoss({gammaNegative: 2}),
    {background: true, tolerance: 2e-6},
  ],
  'AsymmetricLoss of γ = 5': [
    () => new AsymmetricLoss({gammaNegative: 5}),
    {background: true, tolerance: 2e-6},
  ],
  'AsymmetricLoss without a clip': [
    () => new AsymmetricLoss({gammaPositive: 1, gammaNegative: 3, clip: 0}),
    {background: true},
  ],
  'AsymmetricLoss of any γ': [
    () => new AsymmetricLoss({gammaPositive: 0.5, gammaNegative: 1.5, clip: 0.2}),
    {background: true, tolerance: 4e-6},
  ],
  'AsymmetricLoss of γ = 1': [
    () => new AsymmetricLoss({gammaNegative: 1}),
    {background: true, tolerance: 2e-6},
  ],
  'AsymmetricLoss of γ = 64': [
    () => new AsymmetricLoss({gammaNegative: 64}),
    {background: true, tolerance: 5e-5},
  ],
  'AsymmetricLoss of γ = 65': [() => new AsymmetricLoss({gammaNegative: 65}), {background: true}],
  'AsymmetricLoss with a small clip': [
    () => new AsymmetricLoss({clip: 1e-3}),
    {background: true, tolerance: 4e-6},
  ],
  'AsymmetricLoss with a large clip': [
    () => new AsymmetricLoss({clip: 0.9}),
    {background: true, tolerance: 2e-6},
  ],
  'AsymmetricLoss of γ = 0': [() => new AsymmetricLoss({gammaNegative: 0}), {background: true}],
  EqualizationLossV2: [(numClasses) => new EqualizationLossV2({numClasses}), {background: true}],
  'EqualizationLossV2 with objectness': [
    (numClasses) => new EqualizationLossV2({numClasses, objectness: true}),
    {background: true, extra: 1},
  ],
  SeesawLoss: [(numClasses) => new SeesawLoss({numClasses})],
  'SeesawLoss with objectness': [
    (numClasses) => new SeesawLoss({numClasses, objectness: true, q: 1}),
    {background: true, extra: 2},
  ],
  'SeesawLoss of any q': [(numClasses) => new SeesawLoss({numClasses, p: 0, q: 1.5}), {tolerance: 4e-6}],
  'ClassBalancedLoss of focal losses': [
    (classes) => new ClassBalancedLoss({freqInfo: counts(classes), base: 'focal'}),
    {background: true},
  ],
  'ClassBalancedLoss of a softmax': [
    (classes) => new ClassBalancedLoss({freqInfo: counts(classes)}),
    // Without the module, a loss beyond float32 is infinite before it is weighted.
    {without: 3e38},
  ],
};

const LEFT_TO_JAVASCRIPT = [
  'LogitAdjustedLoss, biases far apart',
  'AsymmetricLoss of γ = 0',
  'AsymmetricLoss of γ = 65',
];

/** Counts the kernel's runs meanwhile. */
function callsOfKernel(run: () => void): number {
  const backend = tf.getBackend();
  const original = tf.getKernel(FUSED_ROWS, backend);
  let calls = 0;
  tf.unregisterKernel(FUSED_ROWS, backend);
  tf.registerKernel({
    ...original,
    kernelFunc: (call) => {
      ++calls;
      return original.kernelFunc(call);
    },
  });
  try {
    run();
  } finally {
    tf.unregisterKernel(FUSED_ROWS, backend);
    tf.registerKernel(original);
  }
  return calls;
}

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [name, [make, options]] of Object.entries(losses)) {
    test.serial(`${name} gives what its rows give (${backend})`, async (t) => {
      await useBackend(backend);
      fusedAsRows(t, make, options);
    });
  }

  test.serial(`the kernel runs for each loss that the module knows (${backend})`, async (t) => {
    await useBackend(backend);
    for (const [name, [make, {extra = 0} = {}]] of Object.entries(losses)) {
      const loss = make(3);
      tf.tidy(() => {
        const [y, z] = [tf.tensor1d([0, 2], 'int32'), tf.zeros([2, 3 + extra])];
        const calls = callsOfKernel(() => loss.call(y, z));
        t.is(calls, LEFT_TO_JAVASCRIPT.includes(name) ? 0 : 1, name);
      });
    }
  });

  test.serial(`the kernel leaks no memory (${backend})`, async (t) => {
    await useBackend(backend);
    const loss = new LDAMLoss({freqInfo: counts(3)});
    const [y, z] = [
      tf.tensor2d([
        [1, 0, 0],
        [0, 0.5, 0.5],
      ]),
      tf.ones([2, 3]),
    ];
    const wrong = tf.tensor2d([
      [1, 0, 0],
      [0, 2, 0],
    ]);
    const before = tf.memory();
    const calls = callsOfKernel(() => {
      tf.dispose(tf.grad((x: tf.Tensor) => loss.call(y, x))(z));
      t.throws(() => loss.call(wrong, z), {message: /`yTrue` to hold values in 0 … 1/});
    });
    t.is(calls, 2);
    t.is(tf.memory().numTensors, before.numTensors);
    t.is(tf.memory().numDataBuffers, before.numDataBuffers);
  });
}
