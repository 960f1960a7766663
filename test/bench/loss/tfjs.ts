import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss} from '../../../src';
import {TAIL_SIGMOID} from '../../../src/kernels/losses/kernel_names';
import {removeLossKernels} from '../../browser/harness/loss_kernels';
import {useBackend} from '../../helpers/backends';
import {type Contender, timeOf} from './contender';

export type Backend = 'cpu' | 'wasm' | 'tensorflow';

interface Batch {
  z: tf.Tensor;
  y: tf.Tensor;
  /** Made when it is first asked for: of a million classes it is large. */
  hot(): tf.Tensor;
  loss: EqualizationLoss;
  dy: tf.Tensor;
}

type LossFn = (z: tf.Tensor, batch: Batch) => tf.Tensor;

/** A loss on one of tfjs's backends; `around` runs a call, with something about the engine changed. */
function contender(
  backend: Backend,
  what: string,
  loss: LossFn,
  around: (run: () => number) => number = (run) => run(),
): Contender {
  let batch: Batch | undefined;
  let hot: tf.Tensor | undefined;
  return {
    name: `${backend}: ${what}`,
    setUp: async (rows, classes) => {
      const y = tf.tensor1d(
        Array.from({length: rows}, (_, row) => (row * 7919) % (classes + 1)),
        'int32',
      );
      // Half of the classes are rare.
      const freqInfo = Float32Array.from({length: classes}, (_, j) => (j % 2 === 0 ? 0 : 1));
      batch = {
        z: tf.randomNormal([rows, classes], 0, 1.5, 'float32', 1),
        y,
        hot: () => {
          hot ??= tf.tidy(() => tf.oneHot(y, classes).toFloat());
          return hot;
        },
        // A small batch of many classes holds no background here.
        loss: new EqualizationLoss({lambda: 0.5, freqInfo, requireBackground: false}),
        dy: tf.fill([rows], 1 / rows),
      };
      if (what !== OURS && what !== FLOOR) batch.hot();
    },
    run: async () => {
      const {z, dy} = batch as Batch;
      const gradients = tf.valueAndGrad((x: tf.Tensor) => loss(x, batch as Batch));
      return around(() =>
        timeOf(() =>
          tf.tidy(() => {
            const {grad} = gradients(z, dy);
            // tfjs-node takes over what JavaScript computed when a native op first needs it: that counts too.
            if (backend === 'tensorflow') tf.slice(grad, [0, 0], [1, 1]);
          }),
        ),
      );
    },
    tearDown: async () => {
      tf.dispose([batch?.z, batch?.y, batch?.dy, hot] as tf.Tensor[]);
      batch = undefined;
      hot = undefined;
    },
  };
}

export const OURS = 'EqualizationLoss' as const;
export const OPS = 'the same of tfjs ops' as const;
export const BCE = 'binaryCrossentropy' as const;
export const CCE = 'categoricalCrossentropy' as const;
export const FLOOR = 'a kernel that computes nothing' as const;

function withoutKernels(run: () => number): number {
  const giveBack = removeLossKernels(tf.getBackend());
  try {
    return run();
  } finally {
    giveBack();
  }
}

// The loss's own way through the engine, with memory for what it returns, but without anything computed.
function withEmptyKernel(run: () => number): number {
  const backend = tf.getBackend();
  const original = tf.getKernel(TAIL_SIGMOID.forward, backend);
  const kernelFunc: tf.KernelFunc = ({inputs, attrs}) => {
    const {logits} = inputs as {logits: tf.TensorInfo};
    const {rows} = attrs as unknown as {rows: number};
    const make = (shape: number[]) => {
      // On wasm, as all kernels there do it, memory that nobody has written to.
      const values = backend === 'wasm' ? null : new Float32Array(tf.util.sizeFromShape(shape));
      const dataId = tf.backend().write(values as Float32Array, shape, 'float32');
      return {dataId, shape, dtype: 'float32' as const};
    };
    return [make([rows]), make(logits.shape)];
  };
  tf.unregisterKernel(TAIL_SIGMOID.forward, backend);
  tf.registerKernel({...original, kernelFunc});
  try {
    return run();
  } finally {
    tf.unregisterKernel(TAIL_SIGMOID.forward, backend);
    tf.registerKernel(original);
  }
}

export type TfjsName = typeof OURS | typeof OPS | typeof BCE | typeof CCE | typeof FLOOR;

/** What this package's loss is compared with on a backend, itself first. */
export const TFJS_NAMES: readonly TfjsName[] = [OURS, OPS, BCE, CCE, FLOOR];

/** This package's loss on a backend, or what tfjs itself has for it. */
export function tfjsContender(backend: Backend, name: TfjsName): Contender {
  const ours: LossFn = (z, {loss, y}) => loss.call(y, z);
  const losses: Record<TfjsName, [LossFn, typeof withoutKernels?]> = {
    [OURS]: [ours],
    [OPS]: [ours, withoutKernels],
    [BCE]: [(z, {hot}) => tf.metrics.binaryCrossentropy(hot(), tf.sigmoid(z))],
    [CCE]: [(z, {hot}) => tf.metrics.categoricalCrossentropy(hot(), tf.softmax(z as tf.Tensor2D))],
    [FLOOR]: [ours, withEmptyKernel],
  };
  return contender(backend, name, ...losses[name]);
}

/** Makes one of the backends current. */
export async function useBenchBackend(backend: Backend): Promise<void> {
  if (backend !== 'tensorflow') return useBackend(backend);
  require('@tensorflow/tfjs-node');
  await tf.setBackend(backend);
}

/** The backends that are here; tfjs-node is only where it can be built. */
export function backendsHere(): Backend[] {
  try {
    require.resolve('@tensorflow/tfjs-node');
    return ['cpu', 'wasm', 'tensorflow'];
  } catch {
    console.log('tfjs-node: left out, as @tensorflow/tfjs-node is not installed');
    return ['cpu', 'wasm'];
  }
}
