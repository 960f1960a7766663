import {reject, show} from '../core/errors';
import {type Check, type Fields, optional, requireFields, requireRecords} from '../core/require_fields';
import {requireInteger} from '../core/require_integer';
import {requireString} from '../core/require_string';
import type {ModelReport} from './report_rows';
import {requireShareOrNaN} from './require_share';

/** NaN is null in JSON. */
const share: Check = (path, value) => value === null || requireShareOrNaN(path, value);
const count: Check = (path, value) => requireInteger(path, value, 0);
const SCORES: Fields = {precision: share, recall: share, f1: share, support: count};
const CLASS: Fields = {...SCORES, name: requireString, group: optional(requireString), predicted: count};
const GROUP: Fields = {...SCORES, name: requireString, classes: count};
const scores: Check = (path, value) => requireFields(path, value, SCORES);

const REPORT: Fields = {
  name: requireString,
  classes: (path, value) => requireRecords(path, value, CLASS, 0),
  groups: optional((path, value) => requireRecords(path, value, GROUP, 0)),
  accuracy: optional(share),
  micro: scores,
  macro: scores,
  weighted: scores,
};

/** @throws ValueError for anything but reports on models with the same groups. */
export function requireReports(models: readonly ModelReport[]): void {
  requireRecords('models', models, REPORT, 0);
  const groupsOf = ({groups = []}: ModelReport) => groups.map(({name}) => name);
  for (const [i, model] of models.entries()) {
    const [own, first] = [model, models[0]].map(groupsOf);
    if (own.length !== first.length || own.some((name, g) => name !== first[g])) {
      reject(`models[${i}].groups`, `those of the first model, ${show(first)}`, own);
    }
  }
}
