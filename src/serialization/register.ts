import {enterProcess} from '../core/across_copies';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {registerOwn} from '../core/registry';
import * as losses from '../losses';
import * as metrics from '../metrics/basic';
import {installLayersModelHook, isHooked} from './layers_model_hook';

/** Classes among a module's exports that extend `base` and are concrete: those have their own className. */
function concrete<T>(exports: object, base: abstract new (...args: never[]) => T) {
  type Concrete = (abstract new (...args: never[]) => T) & {className: string};
  return Object.values(exports).filter(
    (cls): cls is Concrete =>
      typeof cls === 'function' && cls.prototype instanceof base && Object.hasOwn(cls, 'className'),
  );
}

/** Registers every loss and metric of this package with TensorFlow.js, and hooks into LayersModel. */
export function registerClasses(): void {
  enterProcess(isHooked());
  for (const cls of concrete(losses, Loss)) registerOwn(cls);
  for (const cls of concrete(metrics, Metric)) registerOwn(cls);
  installLayersModelHook();
}
