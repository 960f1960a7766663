import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {UpdateAttrs, UpdateName} from '../optimizers/update';

const FIRST = '(first * beta1 + gradient * rest1)';
const SECOND = '(second * beta2 + gradient * gradient * rest2)';
const VELOCITY = '(mu * velocity + gradient)';
const SQUARE = '(square * decay + gradient * gradient * rest)';
const MOMENT = `(moment * mu + gradient * rate / sqrt(${SQUARE} + epsilon))`;

/**
 * The next value of each state, in the common subset of GLSL and WGSL; in the order of operations of tfjs's optimizers.
 */
const FORMULAS: Record<UpdateName, Record<string, string>> = {
  adam: {
    value: `${FIRST} / (1.0 - accBeta1) / (sqrt(${SECOND} / (1.0 - accBeta2)) + epsilon) * minusRate + value`,
    first: FIRST,
    second: SECOND,
  },
  descend: {value: 'minusRate * gradient + value'},
  momentum: {value: `minusRate * ${VELOCITY} + value`, velocity: VELOCITY},
  nesterov: {value: `minusRate * (gradient + ${VELOCITY} * mu) + value`, velocity: VELOCITY},
  rmsProp: {value: `value - ${MOMENT}`, square: SQUARE, moment: MOMENT},
};

/** One program of an update: the expression it computes, and its inputs. */
export interface StateProgram {
  expression: string;
  /** Names of the tensors in it that have the variable's size, and of those with one element. */
  tensors: string[];
  scalars: string[];
  numbers: Array<[string, number]>;
}

/** Makes a program for each state, as tfjs's graphics pipelines have one output. */
export function programsOf({update, states, numbers}: UpdateAttrs, inputs: object): StateProgram[] {
  const large = new Set([...states, 'gradient']);
  return states.map((state) => {
    const expression = FORMULAS[update][state];
    const named = new Set(expression.match(/[a-z]\w*/gi));
    const used = Object.keys(inputs).filter((name) => named.has(name));
    return {
      expression,
      tensors: used.filter((name) => large.has(name)),
      scalars: used.filter((name) => !large.has(name)),
      numbers: Object.entries(numbers).filter(([name]) => named.has(name)),
    };
  });
}

/** Views the same data as a vector of one element, or as a matrix with its last dimension. */
export function asVector({dataId, dtype}: TensorInfo): TensorInfo {
  return {dataId, dtype, shape: [1]};
}

export function asMatrix({dataId, dtype, shape}: TensorInfo): TensorInfo {
  const columns = shape.at(-1) ?? 1;
  return {dataId, dtype, shape: [shape.slice(0, -1).reduce((product, size) => product * size, 1), columns]};
}
