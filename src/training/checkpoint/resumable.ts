import {checkJson} from '../../core/check_json';
import {reject, show, ValueError} from '../../core/errors';

/** An object whose state a checkpoint can hold: a callback, a schedule, a dataset. */
export interface Resumable {
  /** The state, as plain JSON. */
  getState(): unknown;
  /** Restores what `getState` returned. */
  setState(state: never): void;
}

export function isResumable(value: unknown): value is Resumable {
  const {getState, setState} = (value ?? {}) as Partial<Resumable>;
  return typeof getState === 'function' && typeof setState === 'function';
}

/**
 * @throws ValueError naming the object that lacks the methods.
 */
export function requireResumables(states: unknown): Record<string, Resumable> {
  if (typeof states !== 'object' || states === null) reject('states', 'an object of objects by name', states);
  for (const [name, object] of Object.entries(states)) {
    if (!isResumable(object)) reject(`states.${name}`, 'an object with `getState` and `setState`', object);
  }
  return states as Record<string, Resumable>;
}

export function statesOf(objects: Record<string, Resumable>): Record<string, unknown> {
  const states: Record<string, unknown> = {};
  for (const [name, object] of Object.entries(objects)) {
    states[name] = object.getState();
    checkJson(states[name], `states.${name}.getState()`);
  }
  return states;
}

/**
 * @throws ValueError unless objects and states have the same names; in that case nothing is set.
 */
export function restoreStates(objects: Record<string, Resumable>, states: Record<string, unknown>): void {
  const [given, saved] = [objects, states].map((of) => Object.keys(of).sort());
  if (given.join() !== saved.join()) {
    throw new ValueError(
      `Expected \`states\` to be of the names that the checkpoint holds, ${show(saved)}. Received: ${show(given)}`,
    );
  }
  // Of the type that `getState` returned, as far as the name tells.
  for (const name of saved) objects[name].setState(states[name] as never);
}
