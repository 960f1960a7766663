import {enterProcess} from '../core/across_copies';
import {registerOwn} from '../core/registry';
import * as losses from '../losses';
import * as metrics from '../metrics/basic';
import {installLayersModelHook, isHooked} from './layers_model_hook';

/** Registers every loss and metric of this package with TensorFlow.js, and hooks into LayersModel. */
export function registerClasses(): void {
  enterProcess(isHooked());
  for (const cls of Object.values({...losses, ...metrics})) {
    // Classes that are only extended have none of their own.
    if (Object.hasOwn(cls, 'className')) registerOwn(cls as Parameters<typeof registerOwn>[0]);
  }
  installLayersModelHook();
}
