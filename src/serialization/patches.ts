import {checkActivations, whileLoading} from './activation_check';
import {labelPatches} from './label_checks';
import {combinePatches, type Patches} from './method';
import {metricPatches} from './metric_passes';
import {ModelRecord} from './model_record';
import {savingPatches} from './saving';

const compilePatches: Patches = {
  compile: (original) =>
    function (args) {
      checkActivations(this, args?.loss);
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
  metricPatches,
);
