import type {NamedTensorMap, Optimizer, Tensor, Variable} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {NamedTensor} from '@tensorflow/tfjs-core/dist/tensor_types';
import {runKernel} from '../shared';
import {canUpdate, OPTIMIZER_UPDATE, type UpdateAttrs, type UpdateName, type Updates} from './update';

/** A variable to update, and its gradient; null if the loss does not depend on it. */
export interface Gradient {
  name: string;
  value: Variable;
  gradient: Tensor | null;
}

/** An optimizer's own variable for one that it trains, as tfjs's optimizers hold and save it. */
export interface OptimizerVariable {
  originalName: string;
  variable: Variable;
}

/** Pairs gradients with their variables, in the optimizer's order; null if a fused pass can't take one of them. */
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

/** The optimizer's variable at that index; created as zeros if there is none yet. */
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

/** Runs a pass over a variable and its states, and assigns the results. Without a gradient nothing changes. */
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

/** Members of an optimizer that tfjs declares private or protected. */
export function internalsOf<Internals>(optimizer: Optimizer): Internals {
  return optimizer as unknown as Internals;
}

/** Counts a step, as the optimizer itself does at the end of one. */
export function countStep(optimizer: Optimizer): void {
  internalsOf<{incrementIterations(): void}>(optimizer).incrementIterations();
}
