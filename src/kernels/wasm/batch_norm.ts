import type {FusedBatchNormAttrs, KernelConfig, Tensor, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../shared';
import {fuseGradient} from './fused_gradients';
import {callOf, floats, type KernelCall, type Replacement, release} from './kernel';
import {addressOf} from './memory';
import {type SimdModule, simdModule} from './simd/module';

type Call = KernelCall<'x' | 'mean' | 'variance', FusedBatchNormAttrs> & {
  inputs: Partial<Record<'offset' | 'scale', TensorInfo>>;
};

const BATCH_NORM_SUMS = 'BatchNormSums';

/** Whether each of `infos` has one number per channel of x. */
function byChannel(x: TensorInfo, infos: (TensorInfo | undefined)[]): boolean {
  const channels = x.shape[x.shape.length - 1];
  return infos.every((info) => info == null || tfc.util.arraysEqual(info.shape, [channels]));
}

/** (x − mean) · scale / √(variance + ε) + offset, channel by channel; tfjs's kernel divides for every number. */
export const batchNorm: Replacement = {
  kernelName: tfc.FusedBatchNorm,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {x, mean, variance, offset, scale} = inputs;
    const module = byChannel(x, [mean, variance, offset, scale]) ? simdModule(backend) : null;
    if (module == null || x.dtype !== 'float32') return original(params);
    const channels = x.shape[x.shape.length - 1];
    const out = backend.makeOutput(x.shape, 'float32');
    const factors = backend.makeOutput([2, channels], 'float32');
    const values = floats(backend, factors);
    const [variances, scales, offsets] = [variance, scale, offset].map(
      (info) => info && floats(backend, info),
    );
    for (let c = 0; c < channels; c++) {
      values[c] = (scales?.[c] ?? 1) / Math.sqrt((variances as Float32Array)[c] + attrs.varianceEpsilon);
      values[channels + c] = offsets?.[c] ?? 0;
    }
    const [from, center, by, to] = [x, mean, factors, out].map((info) => addressOf(backend, info));
    const rows = tfc.util.sizeFromShape(x.shape.slice(0, -1));
    module.normalize(from, center, by, by + 4 * channels, rows, channels, to);
    release(backend, factors);
    return out;
  },
};

/** Σ dy and Σ dy · (x − mean) per channel, in float64. */
function batchNormSums({inputs, backend}: KernelCall<'dy' | 'x' | 'mean', object>): TensorInfo[] {
  const {dy, x, mean} = inputs;
  const [channels] = mean.shape;
  const sums = [0, 1].map(() => backend.makeOutput([channels], 'float32'));
  const rows = tfc.util.sizeFromShape(x.shape.slice(0, -1));
  const addresses = [dy, x, mean, ...sums].map((info) => addressOf(backend, info));
  (simdModule(backend) as SimdModule).batchNormSums(...addresses, rows, channels);
  return sums;
}

const kernel: KernelConfig = {
  kernelName: BATCH_NORM_SUMS,
  backendName: 'wasm',
  kernelFunc: asKernelFunc((params: Parameters<KernelConfig['kernelFunc']>[0]) =>
    batchNormSums(callOf(params)),
  ),
};

/** Computes the gradient of batch normalization from two sums per channel and one product. */
export function fuseBatchNormGradient(): void {
  if (!tfc.getKernel(BATCH_NORM_SUMS, 'wasm')) tfc.registerKernel(kernel);
  fuseGradient<FusedBatchNormAttrs>(tfc.FusedBatchNorm, (dy, [x, mean, variance, scale], attrs) => {
    if (!byChannel(x, [mean, variance, scale])) return null;
    const {varianceEpsilon} = attrs;
    const [sum, centered] = tfc.engine().runKernel(BATCH_NORM_SUMS, {dy, x, mean}) as Tensor[];
    const inverse = tfc.rsqrt(tfc.add(variance, varianceEpsilon));
    const factor = scale == null ? inverse : tfc.mul(inverse, scale);
    return {
      x: () => tfc.mul(dy, factor),
      mean: () => tfc.neg(tfc.mul(sum, factor)),
      variance: () => tfc.mul(tfc.mul(centered, factor), tfc.mul(tfc.square(inverse), -0.5)),
      scale: () => tfc.mul(centered, inverse),
      offset: () => sum.clone(),
    };
  });
}
