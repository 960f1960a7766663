import {ValueError} from '../../src/core/errors';
import type {Recipe} from './train_cells';

interface Parameter {
  /** Its name in pictures. */
  symbol: string;
  /** The method that it belongs to. */
  of: string;
  values: readonly number[];
  most: number;
  recipe(value: number): Recipe;
}

/** The parameters that can be swept, with their default values. */
export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  lambda: {
    symbol: 'λ',
    of: 'EQL',
    values: [0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1],
    most: 1,
    recipe: (lambda) => ({method: 'eql', lambda}),
  },
  gamma: {
    symbol: 'γ',
    of: 'softmax EQL',
    values: [0, 0.5, 0.75, 0.9, 0.95, 1],
    most: 1,
    recipe: (gamma) => ({method: 'seql', gamma}),
  },
  tau: {
    symbol: 'τ',
    of: 'logits of sigmoid cross entropy, adjusted after training',
    values: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5],
    most: 10,
    recipe: (tau) => ({method: 'ce', after: 'la', tau}),
  },
};

/** @throws ValueError naming an unknown parameter. */
export function sweptParameter(name: string): Parameter {
  if (!Object.hasOwn(PARAMETERS, name)) {
    throw new ValueError(
      `Expected \`--param\` to be one of ${Object.keys(PARAMETERS).join(', ')}. Received: ${name}`,
    );
  }
  return PARAMETERS[name];
}

/** Reads `0,0.5,1`, or returns the parameter's default values. @throws ValueError naming a value out of range. */
export function sweptValues({values, most}: Parameter, list: string | undefined): readonly number[] {
  if (list === undefined) return values;
  return list.split(',').map((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && value <= most)) {
      throw new ValueError(`Expected \`--values\` to be of numbers in 0 … ${most}. Received: ${text.trim()}`);
    }
    return value;
  });
}
