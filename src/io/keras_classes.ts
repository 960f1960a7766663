import {Loss} from '../losses/loss';
import {Metric} from '../metrics/metric';
import {deserializeObject, registeredClasses, type SerializedObject} from '../serialization/registry';
import {AVERAGE, type KerasEntry, type KerasObject, NotInTfjs} from './keras_config';

const OWN_PACKAGE = 'longtail>';
/** What every loss and metric of Keras has. */
const COMMON = ['name', 'dtype', 'reduction', 'fn'];

/**
 * tfjs's form of a loss or metric of a class that is registered here, or undefined where no class has its name.
 * The converter of `.keras` files discards the package, so a bare name stands for a user's class; ours are taken
 * with their package alone, as others call their classes so too.
 *
 * @throws NotInTfjs where the name is another class's, or the class does not take the configuration.
 */
export function registeredObject(entry: KerasEntry, kind: 'loss' | 'metric'): KerasObject | undefined {
  if (typeof entry === 'string' || typeof entry.config === 'string') return undefined;
  const {class_name, registered_name, config} = entry;
  const name = registered_name?.includes('>') ? registered_name : class_name;
  const base = kind === 'loss' ? Loss : Metric;
  const bareName = name.slice(name.indexOf('>') + 1);
  const found = registeredClasses().filter(([full, cls]) => full === name || cls.className === bareName);
  if (found.length === 0) return undefined;
  const means = (full: string) => full === name || (name === bareName && !full.startsWith(OWN_PACKAGE));
  const fit = found.filter(([full, cls]) => cls.prototype instanceof base && means(full));
  if (fit.length !== 1) {
    const others = (fit.length > 1 ? fit : found).map(([full]) => full).join(', ');
    const why = fit.length > 1 ? `one of ${others}` : `not ${others}, which only shares its name`;
    throw new NotInTfjs(`the ${kind} ${name} (${why})`);
  }
  const object = {class_name: fit[0][0], config: config ?? {}};
  const refusal = refusalOf(object);
  if (refusal !== undefined)
    throw new NotInTfjs(`the ${kind} ${name} (${object.class_name} does not take it: ${refusal})`);
  return object;
}

function refusalOf(object: KerasObject): string | undefined {
  const given = object.config as Record<string, unknown>;
  try {
    const known = deserializeObject(object as SerializedObject).getConfig();
    const ignored = Object.keys(given).find((key) => !(key in known) && !COMMON.includes(key));
    if (ignored !== undefined) return `it has no ${ignored}`;
    const {reduction} = given;
    if (reduction === undefined || 'reduction' in known || AVERAGE.includes(reduction as string))
      return undefined;
    return `reduction = ${JSON.stringify(reduction)}`;
  } catch (error) {
    return (error as Error).message;
  }
}
