import {Loss} from '../../core/loss';
import {Metric} from '../../core/metric';
import {deserializeObject, registeredClasses, type SerializedObject} from '../../core/registry';
import {AVERAGE, type KerasEntry, type KerasObject, NotInTfjs, nameAndConfig} from './keras_config';

const OWN_PACKAGE = 'longtail>';
/** Options that every loss and metric of Keras has. */
const COMMON = ['name', 'dtype', 'reduction', 'fn'];

/**
 * Converts a loss or metric of a class registered here to tfjs's format, or returns undefined if no class has its name.
 * The converter of `.keras` files discards the package, so a bare name means a user's class; ours require their
 * package, as users may use the same class names.
 *
 * @throws NotInTfjs if the name is another class's, or the class does not accept the configuration.
 */
export function registeredObject(entry: KerasEntry, kind: 'loss' | 'metric'): KerasObject | undefined {
  if (typeof entry === 'string' || typeof entry.config === 'string') return undefined;
  const {name, config} = nameAndConfig(entry);
  const base = kind === 'loss' ? Loss : Metric;
  const bareName = name.slice(name.indexOf('>') + 1);
  const found = registeredClasses().filter(([full, cls]) => full === name || cls.className === bareName);
  if (found.length === 0) return undefined;
  const means = (full: string) => full === name || (name === bareName && !full.startsWith(OWN_PACKAGE));
  const fit = found.filter(([full, cls]) => cls.prototype instanceof base && means(full));
  if (fit.length !== 1) {
    const others = (fit.length > 1 ? fit : found).map(([full]) => full).join(', ');
    const why =
      fit.length > 1
        ? `one of ${others}`
        : `a class of the same name, ${others}, is registered here, but it is not that one`;
    throw new NotInTfjs(`the ${kind} ${name} (${why})`);
  }
  const className = fit[0][0];
  const taken = takenConfig(className, config);
  if ('refusal' in taken)
    throw new NotInTfjs(`the ${kind} ${name} (${className} does not take it: ${taken.refusal})`);
  return {class_name: className, config: taken.config};
}

/**
 * The part of a configuration that a class accepts, or why it refuses: it may lack options that every Keras class has.
 */
function takenConfig(
  className: string,
  given: Record<string, unknown>,
): {config: Record<string, unknown>} | {refusal: string} {
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => !COMMON.includes(key)));
  let refusal = '';
  for (const config of [given, own]) {
    try {
      const json = {class_name: className, config} as SerializedObject;
      const known = quietly(() => deserializeObject(json).getConfig());
      const ignored = Object.keys(own).find((key) => !(key in known));
      if (ignored !== undefined) return {refusal: `it has no ${ignored}`};
      const {reduction} = given;
      if (reduction === undefined || 'reduction' in known || AVERAGE.includes(reduction as string)) {
        return {config};
      }
      return {refusal: `reduction = ${JSON.stringify(reduction)}`};
    } catch (error) {
      refusal = (error as Error).message;
    }
  }
  return {refusal};
}

// Loading creates the object again, which then warns.
function quietly<T>(run: () => T): T {
  const {warn} = console;
  console.warn = () => {};
  try {
    return run();
  } finally {
    console.warn = warn;
  }
}
