import * as tfc from '@tensorflow/tfjs-core';
import {LayersModel} from '@tensorflow/tfjs-layers';
import {ValueError} from '../core/errors';
import {onFirstCall} from '../core/first_call';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {lossEntries, metricEntries} from './compile_entries';
import type {Method} from './method';
import type {Entries} from './model_internals';

/** A loaded copy of tfjs-layers, and its file. */
export interface LayersCopy {
  at: string;
  LayersModel: {prototype: object};
}

type FindCopies = () => LayersCopy[];

const GUARDED = Symbol.for('tfjs-longtail.compileGuard');

// Browsers cannot list copies.
let findCopies: FindCopies = () => [];

/**
 * Watches for copies of TensorFlow.js other than the one this package hooks into. Their models do not support loss and
 * metric objects: `compile` with such an object throws, and the first call of a loss or metric warns.
 *
 * @param find Lists all loaded copies of tfjs-layers, including ours. Default: the current one.
 */
export function watchForSecondTfjs(find = findCopies): void {
  findCopies = find;
  guardOthers();
  onFirstCall(warnOfOthers);
}

function warnOfOthers(yPred: unknown): void {
  const others = guardOthers();
  const isForeign = yPred instanceof tfc.Tensor && !isOfOurs(yPred);
  if (others.length > 0 || isForeign) console.warn(explain());
}

/** Whether a tensor's class is ours. All copies share one engine, which makes tensors of the first copy's class. */
function isOfOurs(tensor: object): boolean {
  return Object.prototype.isPrototypeOf.call(tfc.Tensor.prototype, tensor);
}

function guardOthers(): LayersCopy[] {
  const others = findCopies().filter((copy) => copy.LayersModel.prototype !== LayersModel.prototype);
  for (const {LayersModel: other} of others) {
    if (Reflect.has(other.prototype, GUARDED)) continue;
    const compile: Method = Reflect.get(other.prototype, 'compile');
    Reflect.set(other.prototype, GUARDED, true);
    Reflect.set(other.prototype, 'compile', guarded(compile));
  }
  return others;
}

function guarded(compile: Method): Method {
  return function (this: {outputNames: string[]}, args) {
    const {loss, metrics}: {loss?: Entries; metrics?: Entries} = args ?? {};
    const entries = [
      ...lossEntries(loss, this.outputNames),
      ...metricEntries(metrics, this.outputNames).flat(),
    ];
    if (entries.some((entry) => entry instanceof Loss || entry instanceof Metric)) {
      throw new ValueError(explain());
    }
    return compile.call(this, args);
  };
}

function explain(): string {
  const copies = findCopies();
  const [own, others] = [true, false].map((isOwn) =>
    copies.filter((copy) => (copy.LayersModel.prototype === LayersModel.prototype) === isOwn),
  );
  const at = (some: LayersCopy[]) => some.map((copy) => ` (${copy.at})`).join(',');
  return (
    `Two copies of TensorFlow.js are loaded: tfjs-longtail belongs to one${at(own)}, and models or tensors come from ` +
    `another${at(others)}. There, integer labels, saved losses and whole-pass metrics do not work. Load one only: ` +
    '`npm ls @tensorflow/tfjs-layers` says who needs which, and `npm dedupe` or `overrides` in package.json helps.'
  );
}
