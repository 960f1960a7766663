import type {Optimizer} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** The optimizer's state as saved models hold it. */
export async function encodeOptimizer(
  optimizer: Optimizer,
): Promise<{data: ArrayBuffer; specs: tfc.io.WeightsManifestEntry[]}> {
  const weights = await optimizer.getWeights();
  try {
    return await tfc.io.encodeWeights(weights, 'optimizer');
  } finally {
    // tfjs makes a scalar of the number of steps at each call and never disposes of it.
    const {tensor} = weights.find(({name}) => name === 'iter') ?? {};
    if (!(tensor instanceof tfc.Variable)) tensor?.dispose();
  }
}
