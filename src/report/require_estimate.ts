import {reject} from '../core/errors';
import {optional, requireFields} from '../core/require_fields';
import {requireNumberOrNaN} from '../core/require_number_or_nan';
import {requireObject} from '../core/require_object';

const ESTIMATE = {
  mean: requireNumberOrNaN,
  sd: optional(requireNumberOrNaN),
  interval: optional((path, value) => {
    if (!Array.isArray(value) || value.length !== 2) reject(path, 'an array of two numbers', value);
    value.forEach((end, i) => void requireNumberOrNaN(`${path}[${i}]`, end));
  }),
};

/** @throws ValueError for anything but a result of `estimate`: a mean, optionally with its interval. */
export function requireEstimate(path: string, value: unknown): void {
  requireFields(path, value, ESTIMATE);
}

/** @throws ValueError unless there is an estimate for each of the names. */
export function requireEstimates(path: string, value: unknown, names: readonly string[]): void {
  const estimates = requireObject(path, value);
  for (const name of names) requireEstimate(`${path}.${name}`, estimates[name]);
}
