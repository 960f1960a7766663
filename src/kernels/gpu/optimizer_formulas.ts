import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {UpdateAttrs, UpdateName} from '../optimizers/update';

const FIRST = '(first * beta1 + gradient * rest1)';
const SECOND = '(second * beta2 + gradient * gradient * rest2)';
const VELOCITY = '(mu * velocity + gradient)';
const SQUARE = '(square * decay + gradient * gradient * rest)';
const MOMENT = `(moment * mu + gradient * rate / sqrt(${SQUARE} + epsilon))`;

/** What follows each state, in what GLSL and WGSL have in common; in the order of the operations of tfjs's optimizers. */
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

/** What one program of an update computes, and from what. */
export interface StateProgram {
  expression: string;
  /** The names of the tensors in it that are as large as the variable, and of those with one element. */
  tensors: string[];
  scalars: string[];
  numbers: Array<[string, number]>;
}

/** A program for each state: the graphics pipelines of tfjs have one output. */
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

/** The same data as a vector of one element, or as a matrix with its last dimension. */
export function asVector({dataId, dtype}: TensorInfo): TensorInfo {
  return {dataId, dtype, shape: [1]};
}

export function asMatrix({dataId, dtype, shape}: TensorInfo): TensorInfo {
  const columns = shape.at(-1) ?? 1;
  return {dataId, dtype, shape: [shape.slice(0, -1).reduce((product, size) => product * size, 1), columns]};
}
