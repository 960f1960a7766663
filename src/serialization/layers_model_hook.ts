import {AdamOptimizer} from '@tensorflow/tfjs-core';
import {CallbackList, LayersModel, Sequential} from '@tensorflow/tfjs-layers';
import {resumeAdam} from './adam_resume';
import {discardUnlessResumed, failedLoadPatches, watchModelsBeingMade} from './failed_loads';
import type {Method} from './method';
import {setModelPatch} from './metric_passes';
import {layersModelPatches} from './patches';
import {sequentialPatches} from './sequential_models';

const INSTALLED = Symbol.for('tfjs-longtail.layersModelHook');

/**
 * The one place where this package changes TensorFlow.js: methods of LayersModel (and two of its helpers) are
 * replaced, so that loss and metric objects survive `save` and `loadLayersModel`, integer labels work in `fit`, with
 * `classWeight` and with TensorFlow.js's metrics, several outputs add up, and metrics are right over a whole pass. Models
 * without such objects behave as before, and take `sampleWeight`, too. Idempotent.
 */
export function installLayersModelHook(): void {
  const prototype = LayersModel.prototype as LayersModel & {[INSTALLED]?: boolean};
  if (prototype[INSTALLED]) return;
  prototype[INSTALLED] = true;
  for (const [method, patch] of Object.entries(layersModelPatches))
    replace(LayersModel.prototype, method, patch);
  for (const [method, patch] of Object.entries(failedLoadPatches))
    replace(LayersModel.prototype, method, patch);
  for (const [method, patch] of Object.entries(sequentialPatches))
    replace(Sequential.prototype, method, patch);
  watchModelsBeingMade();
  replace(CallbackList.prototype, 'setModel', setModelPatch);
  replace(AdamOptimizer.prototype, 'setWeights', resumeAdam);
  replace(AdamOptimizer.prototype, 'setWeights', discardUnlessResumed);
}

function replace(prototype: object, method: string, patch: (original: Method) => Method): void {
  const original = (prototype as Record<string, Method | undefined>)[method];
  if (original == null) {
    throw new Error(
      `This version of @tensorflow/tfjs-layers has no ${method}(): tfjs-longtail needs ^4.22.0.`,
    );
  }
  Object.defineProperty(prototype, method, {
    value: patch(original),
    configurable: true,
    writable: true,
  });
}
