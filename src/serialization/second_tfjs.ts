import * as tfc from '@tensorflow/tfjs-core';
import {LayersModel} from '@tensorflow/tfjs-layers';
import {onFirstCall} from '../core/first_call';

/** A loaded copy of tfjs-layers, and its file. */
export interface LayersCopy {
  at: string;
  LayersModel: {prototype: object};
}

/** Finds all loaded copies of tfjs-layers, ours too. */
export type FindCopies = () => LayersCopy[];

// Browsers cannot list copies.
let findCopies: FindCopies = () => [];

/**
 * Makes the first call of a loss or metric warn of copies of TensorFlow.js other than the one this package hooks into:
 * their models do not support loss and metric objects.
 *
 * @param find Lists all loaded copies of tfjs-layers, including ours. Default: the current one.
 */
export function watchForSecondTfjs(find = findCopies): void {
  findCopies = find;
  onFirstCall(warnOfOthers);
}

function warnOfOthers(yPred: unknown): void {
  const isForeign = yPred instanceof tfc.Tensor && !isOfOurs(yPred);
  if (isForeign || !findCopies().every(isOwn)) console.warn(explainCopies());
}

/** Whether a tensor's class is ours. All copies share one engine, which makes tensors of the first copy's class. */
function isOfOurs(tensor: object): boolean {
  return Object.prototype.isPrototypeOf.call(tfc.Tensor.prototype, tensor);
}

/** Whether this package hooks into that copy. */
export function isOwn(copy: LayersCopy): boolean {
  return copy.LayersModel.prototype === LayersModel.prototype;
}

/** Says where the copies are, and what to do about it. */
export function explainCopies(): string {
  const copies = findCopies();
  const [own, others] = [true, false].map((isOurs) => copies.filter((copy) => isOwn(copy) === isOurs));
  const at = (some: LayersCopy[]) => some.map((copy) => ` (${copy.at})`).join(',');
  return (
    `Two copies of TensorFlow.js are loaded: tfjs-longtail belongs to one${at(own)}, and models or tensors come from ` +
    `another${at(others)}. There, integer labels, saved losses and whole-pass metrics do not work. Load one only: ` +
    '`npm ls @tensorflow/tfjs-layers` says who needs which, and `npm dedupe` or `overrides` in package.json helps.'
  );
}
