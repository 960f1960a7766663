import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {registerLoss, registerMetric} from '../core/registry';
import * as losses from '../losses';
import * as metrics from '../metrics';
import {installLayersModelHook} from './layers_model_hook';

const options = {package: 'longtail'};

/** Classes among a room's exports that extend `base` and can be made: those have a className of their own. */
function concrete<T>(exports: object, base: abstract new (...args: never[]) => T) {
  type Concrete = (abstract new (...args: never[]) => T) & {className: string};
  return Object.values(exports).filter(
    (cls): cls is Concrete =>
      typeof cls === 'function' && cls.prototype instanceof base && Object.hasOwn(cls, 'className'),
  );
}

for (const cls of concrete(losses, Loss)) registerLoss(cls, options);
for (const cls of concrete(metrics, Metric)) registerMetric(cls, options);
installLayersModelHook();
