import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {Method, Patches} from './method';

interface Scope {
  track: tfc.Tensor[];
}

interface Engine {
  state: {activeScope: Scope | null};
  registeredVariables: Record<string, tfc.Variable>;
  startScope(): void;
  endScope(kept?: tfc.Tensor[]): void;
}

/** A model that tf.loadLayersModel has made and not yet given its weights, all of it without waiting. */
interface Load {
  model: LayersModel;
  scope: Scope | null;
}

const MODEL_CLASSES = ['Sequential', 'Functional', 'Model'];

// Private in tfjs's types.
const engine = () => tfc.engine() as unknown as Engine;
const resuming = new WeakMap<object, () => void>();
let making = false;
let current: Load | undefined;

/**
 * Replacements of methods of LayersModel that give back what a load took that fails: the model's weights, its
 * optimizer, and the tensors that the file was decoded to.
 */
export const failedLoadPatches: Patches = {
  loadTrainingConfig: discardOnError,
  setUserDefinedMetadata: discardOnError,

  loadWeights: (original) =>
    function (this: LayersModel, ...args) {
      if (current?.model !== this) return original.apply(this, args);
      const discard = finish(current);
      const result = orDiscard(discard, () => original.apply(this, args));
      // tf.loadLayersModel calls the optimizer's setWeights, if at all, before anything else runs.
      const {optimizer} = this;
      if (optimizer != null) {
        resuming.set(optimizer, discard);
        queueMicrotask(() => resuming.delete(optimizer));
      }
      return result;
    },
};

/** Replacement of an optimizer's setWeights, the last step of a load. */
export function discardUnlessResumed(original: Method): Method {
  return async function (this: object, ...args) {
    const discard = resuming.get(this);
    try {
      return await original.apply(this, args);
    } catch (error) {
      discard?.();
      throw error;
    }
  };
}

/** Makes a model whose configuration turns out wrong half way leave no weights of its first layers. */
export function watchModelsBeingMade(): void {
  const known: Record<string, [cls: unknown, fromConfig: Method]> =
    tfc.serialization.SerializationMap.getMap().classNameMap;
  for (const name of MODEL_CLASSES) {
    const entry = known[name];
    if (entry?.[1] != null) entry[1] = watched(entry[1]);
  }
}

function watched(fromConfig: Method): Method {
  return (cls, config, customObjects, fastWeightInit) => {
    const make = () => fromConfig(cls, config, customObjects, fastWeightInit);
    if (making) return make();
    const before = new Set(Object.keys(engine().registeredVariables));
    making = true;
    engine().startScope();
    const {activeScope} = engine().state;
    let model: LayersModel | undefined;
    try {
      model = make();
      return model;
    } finally {
      making = false;
      engine().endScope(model && activeScope?.track);
      if (model === undefined) disposeVariablesBeside(before);
      // Only a load whose weights follow makes models so.
      else if (fastWeightInit) begin(model);
    }
  };
}

function disposeVariablesBeside(names: Set<string>): void {
  for (const [name, variable] of Object.entries(engine().registeredVariables)) {
    if (!names.has(name)) variable.dispose();
  }
}

function begin(model: LayersModel): void {
  engine().startScope();
  const load = {model, scope: engine().state.activeScope};
  current = load;
  // Decoding, which has no method to replace, has failed where the load is still there.
  queueMicrotask(() => {
    if (current !== load) return;
    finish(load);
    disposeModel(model);
  });
}

/** Ends the scope that holds what was decoded, and returns what disposes of that and of the model. */
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
}

function discardOnError(original: Method): Method {
  return function (this: LayersModel, ...args) {
    const load = current;
    if (load?.model !== this) return original.apply(this, args);
    // Of two such methods, one inside the other, the inner one has discarded it already.
    const discard = () => {
      if (current === load) finish(load)();
    };
    return orDiscard(discard, () => original.apply(this, args));
  };
}

function orDiscard<T>(discard: () => void, run: () => T): T {
  try {
    return run();
  } catch (error) {
    discard();
    throw error;
  }
}
