import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {CallbackList, LayersModel} from '@tensorflow/tfjs-layers';
import {weightsOfBatch} from './batch_weights';
import type {Method, Patches} from './method';
import {MetricPass} from './metric_pass';
import {type BatchFunction, internalsOf, type ModelInternals} from './model_internals';
import {recordOf} from './model_record';

/** Makes metrics exact over a whole pass instead of averaged by batch. */
export const metricPatches: Patches = {
  makeTrainFunction: (original) =>
    function (this: ModelInternals) {
      const train: BatchFunction = original.call(this);
      // fit and fitDataset adopt the pass in setModel; a trainOnBatch, even during a fit, is not a pass of its own.
      const pass = new MetricPass();
      const made = recordOf(this);
      if (made != null) made.nextTrainingPass = pass;
      return (data: Array<Tensor | null>) => {
        // A new record if the loss was switched.
        const record = recordOf(this);
        if (record == null) return train(data);
        const isOwn = record.trainingPass === pass;
        const weights = weightsOfBatch(this, data).classes;
        return record.run({pass: isOwn ? pass : undefined, training: true, weights}, () => train(data));
      };
    },

  makeTestFunction: (original) =>
    function (this: ModelInternals) {
      original.call(this);
      const test = this.testFunction;
      const own: BatchFunction = (data) => {
        const record = recordOf(this);
        if (record == null) return test(data);
        const pass = record.testPasses.get(own);
        const values = record.run({pass, training: false, weights: []}, () => test(data));
        return alignOutputs(this, values);
      };
      this.testFunction = own;
      recordOf(this)?.testPasses.set(own, new MetricPass());
    },

  testLoop: (original) =>
    function (this: ModelInternals, f: BatchFunction, ...rest) {
      const record = recordOf(this);
      const pass = record?.testPasses.get(f);
      if (record == null || pass == null) return original.call(this, f, ...rest);
      pass.clear();
      try {
        return record.withResults(pass, original.call(this, f, ...rest));
      } finally {
        pass.clear();
      }
    },

  evaluateDataset: (original) =>
    async function (this: ModelInternals, ...args) {
      // The original takes the test function, which it makes before its first await.
      const evaluation = original.apply(this, args);
      const record = recordOf(this);
      const pass = record?.testPasses.get(this.testFunction);
      if (record == null || pass == null) return evaluation;
      try {
        const values: Tensor | Tensor[] = await evaluation;
        return Array.isArray(values) ? record.withResults(pass, values) : values;
      } finally {
        pass.clear();
      }
    },

  fit: clearAfterTraining,
  fitDataset: clearAfterTraining,
};

function clearAfterTraining(original: Method): Method {
  return async function (this: ModelInternals, ...args) {
    const alreadyTraining = this.isTraining;
    try {
      return await original.apply(this, args);
    } finally {
      if (!alreadyTraining) recordOf(this)?.trainingPass.clear();
    }
  };
}

// With several outputs, tfjs's test function first returns the running sum of the losses after each output, and then
// the entries of `metricsNames`, so that every value is logged under a wrong name.
function alignOutputs(model: ModelInternals, values: Tensor[]): Tensor[] {
  const others = model.outputs.length - 1;
  tfc.dispose(values.slice(0, others));
  return values.slice(others);
}

/** Replaces CallbackList.prototype.setModel, so that histories and logs hold whole-pass values. */
export function setModelPatch(original: Method): Method {
  return function (this: CallbackList, model: LayersModel) {
    original.call(this, model);
    const record = recordOf(model);
    if (record == null) return;
    record.trainingPass.clear();
    record.trainingPass = record.nextTrainingPass;
    if (record.metrics.size === 0) return;
    // Insert after tfjs's own averaging and before all readers of the logs. Its base class is private to tfjs.
    this.callbacks.splice(1, 0, new WholePassMetrics(internalsOf(model)) as never);
  };
}

class WholePassMetrics {
  constructor(private readonly model: ModelInternals) {}

  async onEpochBegin(): Promise<void> {
    recordOf(this.model)?.trainingPass.clear();
  }

  async onEpochEnd(_epoch: number, logs: Record<string, Tensor | number>): Promise<void> {
    const names = this.model.getDedupedMetricsNames();
    const record = recordOf(this.model);
    if (record === undefined) return;
    for (const slot of record.metrics.keys()) {
      const result = record.trainingPass.result(slot);
      if (result == null) continue;
      const averaged = logs[names[slot + 1]];
      if (averaged instanceof tfc.Tensor) averaged.dispose();
      logs[names[slot + 1]] = tfc.keep(result);
    }
  }

  setParams(): void {}
  setModel(): void {}
  async onBatchBegin(): Promise<void> {}
  async onBatchEnd(): Promise<void> {}
  async onTrainBegin(): Promise<void> {}
  async onTrainEnd(): Promise<void> {}
}
