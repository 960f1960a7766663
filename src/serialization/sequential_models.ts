import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {Patches} from './method';

/** Members that a Sequential, which wraps an inner model, copies from that model's compilation. */
const COPIED = ['loss', 'metrics', 'metricsTensors', 'metricsNames'] as const;

const outers = new WeakMap<object, WeakRef<LayersModel>>();

/** Replacements of methods of Sequential.prototype. */
export const sequentialPatches: Patches = {
  compile: (original) =>
    function (this: LayersModel & {model: LayersModel}, args) {
      original.call(this, args);
      outers.set(this.model, new WeakRef(this));
    },

  // tfjs passes on only two arguments.
  trainOnBatch: () =>
    function (this: {model: LayersModel}, ...args) {
      return this.model.trainOnBatch(...(args as Parameters<LayersModel['trainOnBatch']>));
    },
};

/** Copies the current compilation of `model` to the Sequential around it, if there is one. */
export function updateSequential(model: object): void {
  const outer = outers.get(model)?.deref();
  if (outer === undefined) return;
  for (const key of COPIED) Object.assign(outer, {[key]: (model as Record<string, unknown>)[key]});
}

/** The Sequential around `model`, or the model itself. */
export function outerOf(model: LayersModel): LayersModel {
  return outers.get(model)?.deref() ?? model;
}
