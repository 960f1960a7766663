import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {refusalOf, reject} from '../core/errors';
import {withBoundedLayers} from './layer_graph';
import type {Method, Patches} from './method';
import {withinBudget} from './weight_budget';

type Layer = InstanceType<typeof tfl.layers.Layer>;

interface Scope {
  track: tfc.Tensor[];
}

interface Engine {
  state: {activeScope: Scope | null};
  registeredVariables: Record<string, tfc.Variable>;
  startScope(): void;
  endScope(kept?: tfc.Tensor[]): void;
}

/** A model that tf.loadLayersModel has created, synchronously, but not yet given its weights. */
interface Load {
  model: LayersModel;
  scope: Scope | null;
}

const GRAPHS = ['Functional', 'Model'];
const MODEL_CLASSES = ['Sequential', ...GRAPHS];

// Private in tfjs's types.
const engine = () => tfc.engine() as unknown as Engine;
const resuming = new WeakMap<object, () => void>();
let making = false;
let current: Load | undefined;
/** Layers of TensorFlow.js's own classes created for the model under construction. */
let made: Layer[] = [];
let watchOthers: () => void;

/**
 * Replacements of methods of LayersModel that free what a failed load allocated: the model's weights, its optimizer,
 * and the tensors decoded from the file.
 */
export const failedLoadPatches: Patches = {
  loadTrainingConfig: (original) => discardOnError('trainingConfig', original),
  setUserDefinedMetadata: (original) => discardOnError('userDefinedMetadata', original),

  loadWeights: (original) =>
    function (this: LayersModel, ...args) {
      if (current?.model !== this) return original.apply(this, args);
      const discard = finish(current);
      const before = new Set(Object.keys(engine().registeredVariables));
      const load = () => {
        try {
          // A constraint's result is assigned to its weight, but never disposed.
          return tfc.tidy(() => original.apply(this, args) as undefined);
        } finally {
          // A layer in place of a constraint may create its own weights at the first value.
          disposeVariablesBeside(before);
        }
      };
      const result = orDiscard('weights', discard, load);
      // tf.loadLayersModel calls the optimizer's setWeights, if at all, before anything else runs.
      const {optimizer} = this;
      if (optimizer != null) {
        resuming.set(optimizer, discard);
        queueMicrotask(() => resuming.delete(optimizer));
      }
      return result;
    },
};

/** Replaces an optimizer's setWeights, the last step of a load. */
export function discardUnlessResumed(original: Method): Method {
  return async function (this: object, ...args) {
    const discard = resuming.get(this);
    try {
      return await original.apply(this, args);
    } catch (error) {
      if (discard === undefined) throw error;
      discard();
      throw refusalOf("the optimizer's weights", error);
    }
  };
}

/** Makes sure that a model whose configuration fails halfway leaves no weights of its first layers. */
export function watchModelsBeingMade(): void {
  const known: Record<string, [cls: unknown, fromConfig: Method]> =
    tfc.serialization.SerializationMap.getMap().classNameMap;
  for (const name of MODEL_CLASSES) {
    const entry = known[name];
    if (entry?.[1] != null)
      entry[1] = watched(entry[1], GRAPHS.includes(name) ? withBoundedLayers : undefined);
  }
  // Wrapped only once a model is made, as the two hundred classes would slow down an import.
  const others = Object.entries(known);
  watchOthers = () => {
    for (const [name, entry] of others.splice(0)) {
      if ((entry[0] as {prototype?: unknown}).prototype instanceof tfc.Optimizer) {
        entry[1] = outsideOfModels(name, entry[1]);
      }
      if (isLayer(entry[0]) && !MODEL_CLASSES.includes(name)) entry[1] = noted(entry[0], entry[1]);
    }
  };
}

/** Refuses an optimizer in place of an initializer: it holds tensors that nothing would dispose. */
function outsideOfModels(name: string, fromConfig: Method): Method {
  return (...args) => {
    if (making) reject('modelTopology', 'without optimizers', name);
    return fromConfig(...args);
  };
}

const ownLayers = new WeakSet<object>();

const isLayer = (cls: unknown): cls is {prototype: Layer} =>
  (cls as {prototype?: unknown}).prototype instanceof tfl.layers.Layer;

function noted(cls: object, fromConfig: Method): Method {
  ownLayers.add(cls);
  return (...args) => {
    const layer = fromConfig(...args) as Layer;
    if (making) made.push(layer);
    return layer;
  };
}

/**
 * Disposes weights outside the model: of layers that lead to no output or that replace a constraint. Skips models with
 * a custom layer class, which may hold layers it does not list.
 */
function disposeStrayLayers(model: LayersModel): void {
  const isOwn = (layer: object) => ownLayers.has(layer.constructor) || MODEL_CLASSES.includes(nameOf(layer));
  if (!layersOf(model).every(isOwn)) return;
  const held = new Set(model.weights);
  for (const layer of made) {
    for (const weight of layer.weights) if (!held.has(weight)) weight.dispose();
  }
}

const nameOf = (layer: object) => (layer as Layer).getClassName();

const layersOf = (layer: {layers?: Layer[]}): Layer[] =>
  (layer.layers ?? []).flatMap((inner) => [inner, ...layersOf(inner as {layers?: Layer[]})]);

function watched(fromConfig: Method, prepare: (config: unknown) => unknown = (config) => config): Method {
  return (cls, config, customObjects, fastWeightInit) => {
    const make = () => fromConfig(cls, prepare(config), customObjects, fastWeightInit);
    if (making) return make();
    const before = new Set(Object.keys(engine().registeredVariables));
    watchOthers();
    making = true;
    made = [];
    engine().startScope();
    const {activeScope} = engine().state;
    let model: LayersModel | undefined;
    try {
      model = fastWeightInit ? withinBudget(make) : make();
      return model;
    } catch (error) {
      throw refusalOf('modelTopology', error);
    } finally {
      making = false;
      engine().endScope(model && activeScope?.track);
      if (model === undefined) disposeVariablesBeside(before);
      else {
        disposeStrayLayers(model);
        begin(model, fastWeightInit);
      }
      made = [];
    }
  };
}

function disposeVariablesBeside(names: Set<string>): void {
  for (const [name, variable] of Object.entries(engine().registeredVariables)) {
    if (!names.has(name)) variable.dispose();
  }
}

/** @param weightsFollow Set by tfjs only for a load. Others may create models too, in a scope of their own. */
function begin(model: LayersModel, weightsFollow: boolean): void {
  if (weightsFollow) engine().startScope();
  const load = {model, scope: weightsFollow ? engine().state.activeScope : null};
  current = load;
  queueMicrotask(() => {
    if (current !== load) return;
    finish(load);
    // Decoding has no method to replace: if the load is still pending, it has failed.
    if (weightsFollow) disposeModel(model);
  });
}

/** Ends the scope that holds the decoded tensors; returns a function that disposes them and the model. */
function finish({model, scope}: Load): () => void {
  current = undefined;
  if (scope === null || engine().state.activeScope !== scope) return () => disposeModel(model);
  const decoded = [...scope.track];
  engine().endScope(decoded);
  return () => {
    tfc.dispose(decoded);
    disposeModel(model);
  };
}

function disposeModel(model: LayersModel): void {
  const {optimizer} = model;
  model.dispose();
  optimizer?.dispose();
  // Momentum does not dispose the learning rate, which the optimizer it extends keeps.
  const {c} = (optimizer ?? {}) as {c?: tfc.Tensor};
  if (c?.isDisposed === false) c.dispose();
}

function discardOnError(part: string, original: Method): Method {
  return function (this: LayersModel, ...args) {
    const load = current;
    if (load?.model !== this) return original.apply(this, args);
    // If two such methods are nested, the inner one has already discarded it.
    const before = new Set(Object.keys(engine().registeredVariables));
    const discard = () => {
      // Nothing else refers to an optimizer that fails halfway.
      disposeVariablesBeside(before);
      if (current === load) finish(load)();
    };
    return orDiscard(part, discard, () => original.apply(this, args));
  };
}

function orDiscard<T>(part: string, discard: () => void, run: () => T): T {
  try {
    return run();
  } catch (error) {
    discard();
    throw refusalOf(part, error);
  }
}
