import fc from 'fast-check';
import type {Draws} from '../../src/kernels/losses/draws';
import type {Suppression} from '../../src/kernels/losses/suppression';
import type {HostLabels, LabelValues} from '../../src/labels/host_labels';
import {anyDraws} from './draws';

/** What a pass over memory is called with. */
export interface PassCase {
  family: 'sigmoid' | 'softmax';
  z: Float32Array;
  labels: HostLabels;
  suppression: Suppression;
}

const LABEL_TYPES = {float32: Float32Array, int32: Int32Array, bool: Uint8Array};

/** A few numbers that a batch is made of, so that one that fails can be read. */
export interface Recipe {
  family: 'sigmoid' | 'softmax';
  rows: number;
  classes: number;
  form: HostLabels['form'];
  type: keyof typeof LABEL_TYPES;
  /** One class or none in each row, some, or any share of each. */
  content: 'one' | 'some' | 'soft';
  softTail: boolean;
  beta: number | Draws;
  /** Whether there are logits that are infinite or not a number. */
  special: boolean;
  seed: number;
}

/** Batches of any shape, with labels of any form, type and content. */
export function recipes(mostRows: number, mostClasses: number, fewestClasses = 1): fc.Arbitrary<Recipe> {
  return fc.record<Recipe>({
    family: fc.constantFrom('sigmoid', 'softmax'),
    rows: fc.integer({min: 0, max: mostRows}),
    classes: fc.integer({min: fewestClasses, max: mostClasses}),
    form: fc.constantFrom('index', 'multiHot', 'multiHotWithBackground'),
    type: fc.constantFrom('float32', 'int32', 'bool'),
    content: fc.constantFrom('one', 'some', 'soft'),
    softTail: fc.boolean(),
    beta: fc.oneof(fc.constantFrom(0, 1, 0.75), anyDraws),
    special: fc.boolean(),
    seed: fc.integer(),
  });
}

/** The batch that a recipe describes. */
export function makePassCase(recipe: Recipe): PassCase {
  const {family, rows, classes, softTail, beta, special} = recipe;
  const uniform = generator(recipe.seed);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e4, -1e4, -0];
  const z = Float32Array.from({length: rows * classes}, () =>
    special && uniform() < 0.02 ? odd[Math.floor(uniform() * odd.length)] : 40 * (uniform() - 0.5),
  );
  const tail = Float64Array.from({length: classes}, () => (softTail ? uniform() : Math.round(uniform())));
  return {family, z, labels: makeLabels(recipe, uniform), suppression: {tail, beta}};
}

function makeLabels({form, rows, classes, type, content}: Recipe, uniform: () => number): HostLabels {
  const own = Int32Array.from({length: rows}, () => Math.floor(uniform() * (classes + 1)));
  if (form === 'index') return {form, values: own, rows, classes, stride: 1};
  const stride = form === 'multiHot' ? classes : classes + 1;
  const values: LabelValues = new LABEL_TYPES[type](rows * stride);
  for (let at = 0; at < values.length; ++at) {
    const hot = own[Math.floor(at / stride)] === at % stride ? 1 : 0;
    if (content === 'one') values[at] = hot;
    else if (uniform() < 0.3) values[at] = content === 'soft' && type === 'float32' ? uniform() : 1;
  }
  return {form, values, rows, classes, stride};
}

/** Numbers in 0 … 1 that depend on the seed alone (a linear congruential generator of 32 bits). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The first place where values are further apart than `tolerance` · (1 + |b|), if any; NaN equals NaN alone. */
export function difference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} values instead of ${expected.length}`;
  for (let i = 0; i < expected.length; ++i) {
    const [a, b] = [actual[i], expected[i]];
    const same = a === b || (Number.isNaN(a) && Number.isNaN(b));
    if (!same && !(Math.abs(a - b) <= tolerance * (1 + Math.abs(b)))) return `${i}: ${a} instead of ${b}`;
  }
  return undefined;
}
