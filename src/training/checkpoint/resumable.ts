import {checkJson} from '../../core/check_json';
import {reject, show, ValueError} from '../../core/errors';

/** What a checkpoint can hold the state of: callbacks, schedules, data sets. */
export interface Resumable {
  /** The state, as plain JSON. */
  getState(): unknown;
  /** Takes what `getState` gave. */
  setState(state: never): void;
}

export function isResumable(value: unknown): value is Resumable {
  const {getState, setState} = (value ?? {}) as Partial<Resumable>;
  return typeof getState === 'function' && typeof setState === 'function';
}

/** @throws ValueError naming the object without the methods. */
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

/** @throws ValueError unless there is a state for each object and an object for each state; nothing is set then. */
export function restoreStates(objects: Record<string, Resumable>, states: Record<string, unknown>): void {
  const [given, saved] = [objects, states].map((of) => Object.keys(of).sort());
  if (given.join() !== saved.join()) {
    throw new ValueError(
      `Expected \`states\` to be of the names that the checkpoint holds, ${show(saved)}. Received: ${show(given)}`,
    );
  }
  // Of the type that `getState` gave, as far as the name tells.
  for (const name of saved) objects[name].setState(states[name] as never);
}
