import type {SumAttrs, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {fuseGradient} from './fused_gradients';

/**
 * Repeats dy over the axes that were summed over. Equal bit for bit to tfjs, which multiplies it by a tensor of ones.
 */
function spread(dy: Tensor, x: Tensor, {axis}: SumAttrs, isMean: boolean): Tensor {
  const kept = x.shape.slice();
  const axes = tfc.util.parseAxisParam(axis, x.shape);
  const count = axes.reduce((product, each) => product * x.shape[each], 1);
  for (const each of axes) kept[each] = 1;
  const expanded = tfc.reshape(dy, kept);
  return tfc.broadcastTo(isMean ? tfc.div(expanded, count) : expanded, x.shape);
}

/**
 * Computes the gradients of sums and means by repeating dy. For each one, tfjs fills a tensor of ones in JavaScript, as
 * large as the input: for batch normalization of `[32, 14, 14, 64]` that took a quarter of its step.
 */
export function fuseReductionGradients(): void {
  for (const kernelName of [tfc.Sum, tfc.Mean]) {
    fuseGradient<SumAttrs>(kernelName, (dy, [x], attrs) =>
      x.size === 0 ? null : {x: () => spread(dy, x, attrs, kernelName === tfc.Mean)},
    );
  }
}
