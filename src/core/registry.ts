import {serialization} from '@tensorflow/tfjs-core';
import {PROTOCOL} from './across_copies';
import {checkJson} from './check_json';
import {checkOptions} from './check_options';
import {reject, shorten, ValueError} from './errors';
import {Loss} from './loss';
import {Metric} from './metric';
import {ofProcess} from './of_process';
import {markShared, readShared} from './shared_objects';

/** The package name of our own classes in files. */
const OWN = 'longtail';

type Instance = Loss | Metric;
type InstanceClass<T extends Instance> = (abstract new (...args: never[]) => T) & {className: string};

/** An object in Keras's form: its registered class, its configuration and, if any, the state that training gave it. */
export interface SerializedObject {
  class_name: string;
  config: serialization.ConfigDict;
  state?: serialization.ConfigDict;
}

/** How a class is registered. */
export interface RegisterOptions {
  /** The class's name space, before the `>` in its registered name. Default: `'Custom'`, as in Keras. */
  package?: string;
}

const classes = ofProcess(`classes.${PROTOCOL}`, () => new Map<string, InstanceClass<Instance>>());
/** Names of registered classes, including this package's classes in other copies. */
const names = ofProcess(`names.${PROTOCOL}`, () => new WeakMap<object, string>());

/**
 * Registers a loss class, so that models compiled with its instances can be saved and loaded. Saved files hold
 * `package>className`; neither may change once files exist.
 *
 * @param cls A class that extends `Loss` and has a static `className`, a `getConfig()` that returns plain JSON, and a
 *   constructor or a static `fromConfig(cls, config)` that accepts it. See {@link Loss} for an example.
 * @returns `cls`.
 * @throws ValueError if it is not such a class or lacks a method, if another class has the name, or for an unknown
 *   option.
 */
export function registerLoss<T extends InstanceClass<Loss>>(cls: T, options: RegisterOptions = {}): T {
  return register(cls, Loss, 'Loss', options);
}

/**
 * Like `registerLoss`, for classes that extend `Metric`.
 *
 * @param cls A class that extends `Metric` and has a static `className`, a `getConfig()` that returns plain JSON, and a
 *   constructor or a static `fromConfig(cls, config)` that accepts it. See {@link Metric} for an example.
 * @returns `cls`.
 * @throws ValueError if it is not such a class or lacks a method, if another class has the name, or for an unknown
 *   option.
 */
export function registerMetric<T extends InstanceClass<Metric>>(cls: T, options: RegisterOptions = {}): T {
  return register(cls, Metric, 'Metric', options);
}

/**
 * Like `registerLoss` and `registerMetric`, for the classes of this package. If another copy of it has registered its
 * own, files load those, and these are saved under the same names.
 */
export function registerOwn(cls: InstanceClass<Loss> | InstanceClass<Metric>): void {
  const name = `${OWN}>${cls.className}`;
  if (classes.has(name)) names.set(cls, name);
  else if (cls.prototype instanceof Loss) register(cls, Loss, 'Loss', {package: OWN});
  else register(cls, Metric, 'Metric', {package: OWN});
}

function register<T extends InstanceClass<Instance>>(
  cls: T,
  base: abstract new (...args: never[]) => Instance,
  baseName: string,
  options: RegisterOptions,
): T {
  checkOptions(`register${baseName}`, options, ['package']);
  const pkg = options.package ?? 'Custom';
  if (typeof cls !== 'function' || !(cls.prototype instanceof base)) {
    reject('cls', `a class that extends ${baseName}`, cls);
  }
  if (typeof cls.className !== 'string' || cls.className === '') {
    reject('cls.className', 'a non-empty static string', cls.className);
  }
  requireMethods(cls, baseName === 'Loss' ? ['call', 'getConfig'] : ['statistics', 'result', 'getConfig']);
  requireState(cls);
  if (pkg === '' || pkg.includes('>')) reject('package', "a non-empty string without '>'", pkg);
  const name = `${pkg}>${cls.className}`;
  const taken = classes.get(name);
  if (taken != null && taken !== cls) {
    const needs = Object.hasOwn(cls, 'className')
      ? ''
      : ` ${cls.name} needs a static \`className\` of its own.`;
    throw new ValueError(`Another class is registered as '${name}' already.${needs}`);
  }
  // tfjs's own map holds only bare names: a loss called 'Dense' would replace the layer there.
  const known = serialization.SerializationMap.getMap().classNameMap[cls.className]?.[0];
  if (known != null && !(known.prototype instanceof base)) {
    reject('cls.className', 'a name that no class of TensorFlow.js has', cls.className);
  }
  serialization.registerClass(asConstructor(cls), pkg, cls.className);
  classes.set(name, cls);
  names.set(cls, name);
  return cls;
}

function asConstructor(cls: InstanceClass<Instance>): serialization.SerializableConstructor<Instance> {
  // tfjs's type admits no class whose fromConfig returns instances of that class.
  return cls as unknown as serialization.SerializableConstructor<Instance>;
}

// A class may define methods as fields, which only its instances have: then they occur in its source text.
function requireMethods(cls: InstanceClass<Instance>, methods: string[]): void {
  const prototype = cls.prototype as Record<string, unknown>;
  for (const method of methods) {
    if (
      typeof prototype[method] !== 'function' &&
      !chainOf(cls).some((owner) => String(owner).includes(method))
    ) {
      reject('cls', `a class with a method \`${method}\``, cls);
    }
  }
}

// Saved state must be readable again.
function requireState(cls: InstanceClass<Instance>): void {
  const {getState, setState}: Partial<Instance> = cls.prototype;
  if (getState !== undefined) requireMethods(cls, ['setState']);
  if (setState !== undefined) requireMethods(cls, ['getState']);
}

/** A class and those it extends, up to but not including ours. */
function chainOf(cls: object): object[] {
  const chain: object[] = [];
  for (
    let owner = cls;
    owner !== Loss && owner !== Metric && owner !== null;
    owner = Object.getPrototypeOf(owner)
  )
    chain.push(owner);
  return chain;
}

/**
 * @throws ValueError naming the object's class if it is not registered, or the part of its configuration that would not
 *   survive as JSON.
 */
export function serializeObject(object: Instance): SerializedObject {
  const cls = object.constructor as InstanceClass<Instance>;
  const name = names.get(cls);
  if (name == null) {
    const call = object instanceof Loss ? 'registerLoss' : 'registerMetric';
    // It inherits the className of the class that it extends.
    const needs = Object.hasOwn(cls, 'className') ? '' : 'Give it a static `className` of its own. ';
    throw new ValueError(
      `${cls.name} cannot be saved: its class is not registered. ${needs}Call ${call}(${cls.name}) first.`,
    );
  }
  if (typeof object.getConfig !== 'function')
    reject('getConfig', `a method of ${cls.name}`, object.getConfig);
  const config = object.getConfig();
  checkJson(config, `${name}.getConfig()`);
  const state = object.getState?.();
  if (state === undefined) return markShared(object, {class_name: name, config});
  checkJson(state, `${name}.getState()`);
  return markShared(object, {class_name: name, config, state});
}

/**
 * @param what What it was saved as. A loss can also be a metric: its value in evaluation.
 * @throws ValueError if no class of that name is registered, if it is a metric's where a loss was saved, or if the
 *   configuration or the state does not fit that class.
 */
export function deserializeObject(json: SerializedObject, what: 'loss' | 'metric' = 'metric'): Instance {
  const name = json.class_name;
  const cls = classes.get(name) ?? registeredWithTfjs(name);
  if (cls == null) {
    const remedy = name.startsWith(`${OWN}>`)
      ? 'Import tfjs-longtail/metrics before loading. If that does not help, a newer version of tfjs-longtail has saved it.'
      : 'Import the module that defines it, or call registerLoss or registerMetric with it, before loading.';
    throw new ValueError(
      `The model was saved with '${shorten(name, 100)}', which is not registered here. ${remedy} ` +
        `Registered: ${[...classes.keys()].join(', ')}`,
    );
  }
  if (what === 'loss' && !(cls.prototype instanceof Loss)) reject('loss', 'a saved Loss', name);
  const made = asConstructor(cls);
  const make = (config: serialization.ConfigDict | null | undefined, state: unknown) => {
    // For other classes, null may be what getConfig() returned.
    const isOwn = name.startsWith(`${OWN}>`);
    if (config === undefined || (isOwn && (typeof config !== 'object' || config === null))) {
      reject('config', `an object, the configuration of a saved ${name}`, config);
    }
    const object = made.fromConfig(made, config as serialization.ConfigDict);
    if (state !== undefined) restoreState(object, state, `${name}.state`);
    return object;
  };
  return readShared(json, cls, make);
}

function restoreState(object: Instance, state: unknown, path: string): void {
  if (object.setState === undefined) reject(path, 'absent, as the class has no `setState`', state);
  if (typeof state !== 'object' || state === null || Array.isArray(state)) reject(path, 'an object', state);
  object.setState(state as Record<string, unknown>);
}

/** Names and classes passed to `registerLoss`, `registerMetric` or `tf.serialization.registerClass`. */
export function registeredClasses(): Array<[name: string, cls: {prototype: unknown; className: string}]> {
  const {classNameMap} = serialization.SerializationMap.getMap();
  const all = new Map(
    Object.values(classNameMap).map(([cls]) => [serialization.getRegisteredName(cls), cls]),
  );
  return [...new Map<string, {prototype: unknown; className: string}>([...all, ...classes])];
}

function registeredWithTfjs(name: string): InstanceClass<Instance> | undefined {
  const cls = registeredClasses().find(([registered]) => registered === name)?.[1];
  const isOurKind = cls?.prototype instanceof Loss || cls?.prototype instanceof Metric;
  return isOurKind ? (cls as InstanceClass<Instance>) : undefined;
}
