import type {Optimizer} from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';

/** TensorFlow.js's optimizers, whose options are all numbers and flags. */
const KNOWN = ['SGD', 'Momentum', 'RMSProp', 'Adam', 'Adamax', 'Adadelta', 'Adagrad'];

/**
 * Refuses an optimizer from a file whose options would silently make every weight NaN at the first step.
 *
 * @throws ValueError naming the option.
 */
export function checkOptimizer(optimizer: Optimizer): void {
  if (!KNOWN.includes(optimizer.getClassName())) return;
  for (const [name, value] of Object.entries(optimizer.getConfig())) {
    if (typeof value === 'boolean' || Number.isFinite(value)) continue;
    reject(`optimizer_config.config.${name}`, 'a finite number', value);
  }
}
