import type {Optimizer} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** Encodes the optimizer's state for saved models. */
export async function encodeOptimizer(
  optimizer: Optimizer,
): Promise<{data: ArrayBuffer; specs: tfc.io.WeightsManifestEntry[]}> {
  const weights = await optimizer.getWeights();
  try {
    return await tfc.io.encodeWeights(weights, 'optimizer');
  } finally {
    // At each call, tfjs creates a scalar for the number of steps and never disposes it.
    const {tensor} = weights.find(({name}) => name === 'iter') ?? {};
    if (!(tensor instanceof tfc.Variable)) tensor?.dispose();
  }
}
