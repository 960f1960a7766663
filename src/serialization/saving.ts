import type {LayersModel} from '@tensorflow/tfjs-layers';
import {ValueError} from '../errors';
import {readingShared, writeShared} from '../shared_objects';
import type {Patches} from './method';
import type {ModelInternals} from './model_internals';
import {deserializeEntries, type SerializedEntries, serializeEntries} from './training_config';

/** What keeps loss and metric objects in saved models. */
export const savingPatches: Patches = {
  getTrainingConfig: () =>
    function (this: ModelInternals) {
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
      return {
        loss,
        metrics,
        optimizer_config: {class_name: optimizer.getClassName(), config: optimizer.getConfig()},
      };
    },

  // tfjs's own method makes the optimizer and checks the rest; its compile() is held back until loss and metrics
  // are objects again.
  loadTrainingConfig: (original) =>
    function (this: LayersModel, config: {loss?: SerializedEntries; metrics?: SerializedEntries}) {
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
      this.compile({loss, metrics, optimizer} as never);
    },
};
