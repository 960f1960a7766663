import {AdamOptimizer} from '@tensorflow/tfjs-core';
import {CallbackList, LayersModel, layers, Sequential} from '@tensorflow/tfjs-layers';
import {resumeAdam} from './adam_resume';
import {discardUnlessResumed, failedLoadPatches, watchModelsBeingMade} from './failed_loads';
import type {Method} from './method';
import {setModelPatch} from './metric_passes';
import {layersModelPatches} from './patches';
import {sequentialPatches} from './sequential_models';
import {addWithinBudget} from './weight_budget';

const INSTALLED = Symbol.for('tfjs-longtail.layersModelHook');

/** Whether any copy of this package has replaced the methods. */
export function isHooked(): boolean {
  return Reflect.has(LayersModel.prototype, INSTALLED);
}

/**
 * The one place where this package changes TensorFlow.js: it replaces methods of LayersModel (and two of its helpers),
 * so that loss and metric objects survive `save` and `loadLayersModel`, integer labels work in `fit`, with
 * `classWeight` and with TensorFlow.js's metrics, losses of several outputs add up, and metrics are exact over a whole
 * pass. Models without such objects behave as before, but also accept `sampleWeight`. Idempotent.
 */
export function installLayersModelHook(): void {
  if (isHooked()) return;
  Reflect.set(LayersModel.prototype, INSTALLED, true);
  for (const [method, patch] of Object.entries(layersModelPatches))
    replace(LayersModel.prototype, method, patch);
  for (const [method, patch] of Object.entries(failedLoadPatches))
    replace(LayersModel.prototype, method, patch);
  for (const [method, patch] of Object.entries(sequentialPatches))
    replace(Sequential.prototype, method, patch);
  watchModelsBeingMade();
  replace(layers.Layer.prototype, 'addWeight', addWithinBudget);
  replace(CallbackList.prototype, 'setModel', setModelPatch);
  replace(AdamOptimizer.prototype, 'setWeights', resumeAdam);
  replace(AdamOptimizer.prototype, 'setWeights', discardUnlessResumed);
}

function replace(prototype: object, method: string, patch: (original: Method) => Method): void {
  const original = (prototype as Record<string, Method | undefined>)[method];
  if (original == null) {
    throw new Error(
      `This version of @tensorflow/tfjs-layers has no ${method}(): tfjs-longtail needs ^4.17.0.`,
    );
  }
  Object.defineProperty(prototype, method, {
    value: patch(original),
    configurable: true,
    writable: true,
  });
}
