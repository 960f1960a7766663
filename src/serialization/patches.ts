import {labelPatches} from './label_checks';
import type {Patches} from './method';
import {metricPatches} from './metric_passes';
import {ModelRecord} from './model_record';
import {savingPatches} from './saving';

/** Replacements of methods of LayersModel.prototype. */
export const layersModelPatches: Patches = {
  compile: (original) =>
    function (args) {
      original.call(this, args);
      ModelRecord.attach(this);
    },
  ...savingPatches,
  ...labelPatches,
  ...metricPatches,
};
