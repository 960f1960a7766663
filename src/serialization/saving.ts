import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {ValueError} from '../core/errors';
import {Loss} from '../core/loss';
import {readingShared, writeShared} from '../core/shared_objects';
import {checkOptimizer} from './check_optimizer';
import {lossEntries, metricEntries} from './compile_entries';
import type {Patches} from './method';
import type {ModelInternals} from './model_internals';
import {encodeOptimizer} from './optimizer_state';
import {deserializeEntries, serializeEntries} from './training_config';
import {
  holdsTrainingConfig,
  splitMetadata,
  type TrainingConfig,
  withTrainingConfig,
} from './training_metadata';

// Reads state ahead: on WebGPU this is asynchronous, and `getTrainingConfig` is not.
async function readStates({loss, metrics, outputNames}: ModelInternals): Promise<void> {
  const entries = [...lossEntries(loss, outputNames), ...metricEntries(metrics, outputNames).flat()];
  for (const entry of entries) if (entry instanceof Loss) await entry.readState?.();
}

interface Savable extends ModelInternals {
  getTrainingConfig(): TrainingConfig;
  loadTrainingConfig(config: TrainingConfig): void;
}

/** Keeps loss and metric objects in saved models. */
export const savingPatches: Patches = {
  // tfjs's own method does everything except the optimizer, which is added before the artifacts are passed on.
  save: (original) =>
    async function (this: Savable, target: tfc.io.IOHandler | string, config?: tfc.io.SaveConfig) {
      const handlers = typeof target === 'string' ? tfc.io.getSaveHandlers(target) : [target];
      const [handler] = handlers;
      if (
        !config?.includeOptimizer ||
        this.optimizer == null ||
        handlers.length !== 1 ||
        handler.save == null
      )
        return original.call(this, target, config);
      const save: tfc.io.SaveHandler = async (artifacts) => {
        await readStates(this);
        const training = withTrainingConfig(artifacts, this.getTrainingConfig());
        const {data, specs} = await encodeOptimizer(this.optimizer);
        return (handler.save as tfc.io.SaveHandler)({
          ...training,
          weightSpecs: [...(artifacts.weightSpecs ?? []), ...specs],
          weightData: tfc.io.concatenateArrayBuffers([artifacts.weightData as ArrayBuffer, data]),
        });
      };
      return original.call(this, {save}, {...config, includeOptimizer: false});
    },

  getTrainingConfig: () =>
    function (this: ModelInternals): TrainingConfig {
      const optimizer = this.optimizer;
      if (optimizer.getClassName() === 'Adamax') {
        throw new ValueError(
          'A model with the Adamax optimizer cannot be saved with includeOptimizer: TensorFlow.js cannot read ' +
            "Adamax's state. Save without includeOptimizer, or train with Adam.",
        );
      }
      const {loss, metrics} = writeShared(() => ({
        loss: serializeEntries(this.loss, 'loss'),
        metrics:
          typeof this.metrics === 'function' || typeof this.metrics === 'string'
            ? [serializeEntries(this.metrics, 'metric')]
            : serializeEntries(this.metrics ?? {}, 'metric'),
      }));
      const optimizer_config = {class_name: optimizer.getClassName(), config: optimizer.getConfig()};
      return {loss, metrics, optimizer_config} as TrainingConfig;
    },

  // When loading, tfjs calls it between building the model and setting the optimizer's state.
  setUserDefinedMetadata: (original) =>
    function (this: Savable, metadata: object) {
      if (!holdsTrainingConfig(metadata)) return original.call(this, metadata);
      const {config, own} = splitMetadata(metadata);
      if (own !== undefined) original.call(this, own);
      // A file that plain tfjs wrote after loading one of ours has its own, newer configuration.
      if (this.optimizer == null) this.loadTrainingConfig(config);
    },

  // tfjs's own method creates the optimizer and checks the rest; its compile() is deferred until loss and metrics are
  // objects again.
  loadTrainingConfig: (original) =>
    function (this: LayersModel, config: TrainingConfig) {
      const {loss, metrics} = readingShared([config.loss, config.metrics], () => ({
        loss: config.loss == null ? undefined : deserializeEntries(config.loss, 'loss'),
        metrics: config.metrics == null ? undefined : deserializeEntries(config.metrics, 'metric'),
      }));
      let optimizer: unknown;
      const hold = (args: {optimizer: unknown}) => {
        optimizer = args.optimizer;
      };
      Object.defineProperty(this, 'compile', {value: hold, configurable: true});
      try {
        original.call(this, {...config, loss: undefined, metrics: undefined});
      } finally {
        delete (this as {compile?: unknown}).compile;
      }
      try {
        checkOptimizer(optimizer as tfc.Optimizer);
        // tfjs's types do not allow mixing names and functions.
        this.compile({loss, metrics, optimizer} as never);
      } catch (error) {
        // Nothing else refers to it yet.
        if (this.optimizer !== optimizer) (optimizer as tfc.Optimizer).dispose();
        throw error;
      }
    },
};
