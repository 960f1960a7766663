import {reject} from '../core/errors';
import {requireArray} from '../core/require_array';
import {type Check, optional, requireRecords} from '../core/require_fields';
import {requireNumber} from '../core/require_number';
import {requireObject} from '../core/require_object';
import {requireString, requireStrings} from '../core/require_string';
import {requireShareOrNaN} from './require_share';
import type {ClassResult} from './results';

const amount: Check = (path, value) => requireNumber(path, value, 0);

function byModel(check: Check): Check {
  return (path, value) => {
    for (const [model, of] of Object.entries(requireObject(path, value))) check(`${path}.${model}`, of);
  };
}

const RESULT = {
  name: requireString,
  group: requireString,
  images: amount,
  support: amount,
  recall: byModel(requireShareOrNaN),
  recallOfRuns: optional(
    byModel((path, value) => {
      for (const [run, recall] of requireArray(path, value, 1).entries()) {
        requireShareOrNaN(`${path}[${run}]`, recall);
      }
    }),
  ),
};

/** Names of the models in results; empty for invalid results, which `requireResults` reports. */
export function modelsOf(results: readonly ClassResult[]): string[] {
  return Object.keys(results?.[0]?.recall ?? {});
}

/**
 * Checks the results that pictures and tables of classes show.
 *
 * @param models Names of the requested models.
 * @throws ValueError for anything but the result of `classResults`, for no results, and for models they lack.
 */
export function requireResults(results: readonly ClassResult[], models: readonly string[]): void {
  requireRecords('results', results, RESULT);
  requireStrings('models', models);
  for (const name of models) {
    if (!results.every(({recall}) => Object.hasOwn(recall, name))) {
      reject('models', 'models that the results hold', name);
    }
  }
}
