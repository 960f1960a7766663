import type {KernelFunc} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {sigmoidLoss, sigmoidLossGrad} from './sigmoid';
import {softmaxLoss, softmaxLossGrad} from './softmax';

const KERNELS = {
  TailSigmoidLoss: sigmoidLoss,
  TailSigmoidLossGrad: sigmoidLossGrad,
  TailSoftmaxLoss: softmaxLoss,
  TailSoftmaxLossGrad: softmaxLossGrad,
};

/** Registers the losses' kernels for tfjs's webgl backend, whether or not that is imported, or ever will be. */
export function registerWebglKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(KERNELS)) {
    tfc.registerKernel({kernelName, backendName: 'webgl', kernelFunc: kernelFunc as unknown as KernelFunc});
  }
}
