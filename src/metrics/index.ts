/**
 * Metrics over whole passes: those of the main entry, and those that only some programs need. Importing this entry makes
 * the latter known, so that models saved with them load.
 *
 * @module tfjs-longtail/metrics
 */
import {registerOwn} from '../core/registry';
import * as more from './more';

for (const cls of Object.values(more)) {
  // No type tells the classes among what a module exports.
  if (typeof cls === 'function' && Object.hasOwn(cls, 'className')) registerOwn(cls as never);
}

export * from './basic';
export * from './more';
