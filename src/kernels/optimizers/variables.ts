import type {NamedTensorMap, Optimizer, Tensor, Variable} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {NamedTensor} from '@tensorflow/tfjs-core/dist/tensor_types';
import {runKernel} from '../shared';
import {canUpdate, OPTIMIZER_UPDATE, type UpdateAttrs, type UpdateName, type Updates} from './update';

/** A variable to update, and its gradient; null where the loss does not depend on it. */
export interface Gradient {
  name: string;
  value: Variable;
  gradient: Tensor | null;
}

/** A variable that an optimizer keeps for each one that it trains, as tfjs's optimizers hold and save it. */
export interface OptimizerVariable {
  originalName: string;
  variable: Variable;
}

/** Pairs gradients with their variables, in the optimizer's order; null where a fused pass can't take one of them. */
export function fusable(gradients: NamedTensorMap | NamedTensor[]): Gradient[] | null {
  if (!canUpdate()) return null;
  const {registeredVariables} = tfc.engine();
  const pairs = (
    Array.isArray(gradients)
      ? gradients.map(({name, tensor}) => [name, tensor] as const)
      : Object.entries(gradients)
  ).map(([name, gradient]) => ({name, value: registeredVariables[name], gradient}));
  return pairs.every(fits) ? pairs : null;
}

function fits({value, gradient}: Gradient): boolean {
  if (value?.dtype !== 'float32') return false;
  return (
    gradient == null || (gradient.dtype === 'float32' && tfc.util.arraysEqual(gradient.shape, value.shape))
  );
}

/** The variable that an optimizer keeps in that place; zeros of its own if there is none yet. */
export function keptAt(
  kept: OptimizerVariable[],
  place: number,
  {name, value}: Gradient,
  what: string,
): Variable {
  kept[place] ??= {
    originalName: `${name}/${what}`,
    variable: tfc.tidy(() => tfc.zerosLike(value).variable(false)),
  };
  return kept[place].variable;
}

/** Runs a pass over a variable and what is kept of it, and assigns what comes out; without a gradient nothing changes. */
export function assignUpdate<Name extends UpdateName>(
  update: Name,
  {value, gradient}: Gradient,
  kept: Record<Updates[Name]['states'], Variable>,
  scalars: Record<Updates[Name]['scalars'], Tensor>,
  numbers: Record<Updates[Name]['numbers'], number>,
): void {
  if (gradient == null) return;
  const states: Record<string, Variable> = {value, ...kept};
  tfc.tidy(() => {
    const attrs: UpdateAttrs = {update, states: Object.keys(states), numbers};
    const results = runKernel<Tensor[]>(OPTIMIZER_UPDATE, {...states, gradient, ...scalars}, attrs);
    Object.values(states).forEach((state, i) => {
      state.assign(results[i]);
    });
  });
}

/** What tfjs declares private or protected of an optimizer. */
export function internalsOf<Internals>(optimizer: Optimizer): Internals {
  return optimizer as unknown as Internals;
}

/** Counts a step, as an optimizer itself does at its end. */
export function countStep(optimizer: Optimizer): void {
  internalsOf<{incrementIterations(): void}>(optimizer).incrementIterations();
}
