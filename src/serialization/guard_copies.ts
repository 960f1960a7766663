import {ValueError} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {lossEntries, metricEntries} from './compile_entries';
import type {Method} from './method';
import type {Entries} from './model_internals';
import {explainCopies, type FindCopies, isOwn} from './second_tfjs';

const GUARDED = Symbol.for('tfjs-longtail.compileGuard');

/**
 * Makes `compile` throw if a model of another copy of TensorFlow.js is given a loss or metric object. Guards the copies
 * that are loaded now, and those found later.
 *
 * @returns `find`, which also guards each copy it finds.
 */
export function guardCopies(find: FindCopies): FindCopies {
  const guarding = () => {
    const copies = find();
    for (const copy of copies) if (!isOwn(copy)) guard(copy.LayersModel.prototype);
    return copies;
  };
  guarding();
  return guarding;
}

function guard(prototype: object): void {
  if (Reflect.has(prototype, GUARDED)) return;
  const compile: Method = Reflect.get(prototype, 'compile');
  Reflect.set(prototype, GUARDED, true);
  Reflect.set(prototype, 'compile', guarded(compile));
}

function guarded(compile: Method): Method {
  return function (this: {outputNames: string[]}, args) {
    const {loss, metrics}: {loss?: Entries; metrics?: Entries} = args ?? {};
    const entries = [
      ...lossEntries(loss, this.outputNames),
      ...metricEntries(metrics, this.outputNames).flat(),
    ];
    if (entries.some((entry) => entry instanceof Loss || entry instanceof Metric)) {
      throw new ValueError(explainCopies());
    }
    return compile.call(this, args);
  };
}
