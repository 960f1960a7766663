import {checkActivations, isLoading, whileLoading} from './activation_check';
import {checkClassCounts} from './check_class_counts';
import {checkEntries} from './compile_entries';
import {labelPatches} from './label_checks';
import {combinePatches, type Patches} from './method';
import {checkMetricNames} from './metric_names';
import {metricPatches} from './metric_passes';
import {ModelRecord} from './model_record';
import {savingPatches} from './saving';
import {weightedEvaluationPatches} from './weighted_evaluation';
import {weightedLossPatches} from './weighted_losses';
import {weightedTrainingPatches} from './weighted_training';

const compilePatches: Patches = {
  compile: (original) =>
    function (args) {
      checkEntries(args?.loss, args?.metrics, this.outputNames);
      checkActivations(this, args?.loss, args?.metrics);
      if (isLoading()) checkClassCounts(this, args?.loss, args?.metrics);
      checkMetricNames(this.outputNames, args?.loss, args?.metrics);
      original.call(this, args);
      ModelRecord.attach(this);
    },

  loadTrainingConfig: (original) =>
    function (...args) {
      return whileLoading(() => original.apply(this, args));
    },
};

/** Replacements of methods of LayersModel.prototype. */
export const layersModelPatches: Patches = combinePatches(
  savingPatches,
  compilePatches,
  labelPatches,
  weightedLossPatches,
  metricPatches,
  weightedTrainingPatches,
  weightedEvaluationPatches,
);
