import {reject} from '../core/errors';
import type {Loss} from '../core/loss';
import {classShapeOf} from './label_shape';
import type {ModelInternals} from './model_internals';

type ClassWeight = Record<string, number>;

/** `classWeight` of `fit` and `fitDataset`, split by who applies it. */
export interface ClassWeights {
  /**
   * By output, the weight of each class and, last, of background, `[C + 1]`; undefined if tfjs weights, or nothing
   * does.
   */
  own: Array<Float32Array | undefined>;
  /** `classWeight` by output for tfjs to apply, null for outputs in `own`; undefined if there is none. */
  others: Array<ClassWeight | null> | undefined;
}

/**
 * Splits `classWeight`. For losses with their own label forms, tfjs would misread the labels: an all-zero row, which is
 * background, as class 0.
 *
 * @throws ValueError naming missing or unknown classes or outputs, or the class whose weight is not a finite number ≥
 *   0, before anything is computed.
 */
export function readClassWeight(
  model: ModelInternals,
  losses: Array<Loss | undefined>,
  classWeight: unknown,
): ClassWeights {
  const byOutput = weightsByOutput(classWeight, model.outputNames);
  const own = byOutput.map((weights, i) => {
    const loss = losses[i];
    return weights != null && loss?.checksLabels
      ? weightsOfClasses(weights, loss, model.internalOutputShapes[i], model.outputNames[i])
      : undefined;
  });
  const others = byOutput.map((weights, i) => (own[i] == null ? weights : null));
  byOutput.forEach((weights, i) => {
    checkValues(weights, model.outputNames[i]);
  });
  return {own, others: others.some((weights) => weights != null) ? others : undefined};
}

// One object for a single output; an array, or a dictionary by output names, for several. As in tfjs, a dictionary may
// also name a single output.
function weightsByOutput(classWeight: unknown, names: string[]): Array<ClassWeight | null> {
  const isObject = typeof classWeight === 'object' && classWeight !== null;
  if (!isObject) return reject('classWeight', 'an object {class: weight}', classWeight);
  const entries = classWeight as Record<string, ClassWeight | null>;
  if (Array.isArray(classWeight)) {
    if (classWeight.length === 0) return names.map(() => null);
    if (classWeight.length === names.length) return classWeight.map((weights) => weights ?? null);
  }
  if (names.length === 1) return [names[0] in entries ? entries[names[0]] : (classWeight as ClassWeight)];
  const keys = Object.keys(entries);
  if (Array.isArray(classWeight) || !keys.every((key) => names.includes(key))) {
    reject(
      'classWeight',
      `an array of ${names.length} or a dictionary by output: ${names.join(', ')}`,
      classWeight,
    );
  }
  return names.map((name) => entries[name] ?? null);
}

function weightsOfClasses(
  weights: ClassWeight,
  loss: Loss,
  outputShape: number[],
  output: string,
): Float32Array {
  const of = ` for output '${output}'`;
  if (typeof weights !== 'object') reject('classWeight', `an object {class: weight}${of}`, weights);
  if (outputShape.length !== 2) {
    const shape = outputShape.map((size) => size ?? 'batch').join(', ');
    reject('classWeight', `left out${of}, whose samples [${shape}] hold several labels`, weights);
  }
  const classes = classShapeOf(loss, outputShape)[1];
  // With one logit, 0 is a negative, which these losses call background, and 1 is class 0.
  const keys = classes === 1 ? ['1', '0'] : Array.from({length: classes + 1}, (_, j) => String(j));
  const missing = keys.slice(0, classes).filter((key) => weights[key] == null);
  if (missing.length > 0) {
    reject('classWeight', `a weight for every class${of}; missing: ${missing.join(', ')}`, weights);
  }
  const unknown = Object.keys(weights).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    const last = classes === 1 ? '0 (negative) and 1 (positive)' : `0 … ${classes} (background)`;
    reject('classWeight', `about the classes ${last}${of}; unknown: ${unknown.join(', ')}`, weights);
  }
  return Float32Array.from(keys, (key) => weights[key] ?? 1);
}

function checkValues(weights: ClassWeight | null, output: string): void {
  for (const [key, weight] of Object.entries(weights ?? {})) {
    if (weight == null || (Number.isFinite(weight) && weight >= 0)) continue;
    reject(`classWeight[${key}]`, `a finite number ≥ 0 for output '${output}'`, weight);
  }
}
