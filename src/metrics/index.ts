/**
 * Metrics over whole passes: those of the main entry, and those that only some programs need. Importing this entry
 * registers the latter, so that models saved with them load.
 *
 * @module tfjs-longtail/metrics
 */
import {registerOwn} from '../core/registry';
import * as more from './more';

for (const cls of Object.values(more)) {
  // The types of a module's exports do not tell which are classes.
  if (typeof cls === 'function' && Object.hasOwn(cls, 'className')) registerOwn(cls as never);
}

export * from './basic';
export * from './more';
