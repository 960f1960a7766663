/** What a closed form needs of a batch: `[rows, C]` predictions and dense labels, T(f_j) of each class, and β. */
export interface ClosedFormInput {
  predictions: ArrayLike<number>;
  /** Dense, hard or soft; a row without a positive is background. */
  labels: ArrayLike<number>;
  /** The share of each row that is background, `[rows]`. Default: what the row's labels lack to 1. */
  background?: ArrayLike<number>;
  tail: ArrayLike<number>;
  /** One for all, or one for each element. Default: 1. */
  beta?: number | ArrayLike<number>;
  fromLogits?: boolean;
}

/** Row losses `[rows]`, and the gradient of their sum `[rows, C]`, in float64. */
export interface ClosedForm {
  rowLosses: number[];
  gradient: number[];
}

/** log(1 + eˣ), which keeps its digits at both ends. */
const logOnePlusExp = (x: number) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** 0 · ∞ = 0: a term with factor 0 is not there. */
const times = (factor: number, x: number) => (factor === 0 ? 0 : factor * x);

// 1 / (1 + e^∓z) has no cancellation, however small it is; σ(z) − 1 would have.
function logitElement(z: number, y: number): [number, number] {
  return [
    times(y, logOnePlusExp(-z)) + times(1 - y, logOnePlusExp(z)),
    times(1 - y, 1 / (1 + Math.exp(-z))) - times(y, 1 / (1 + Math.exp(z))),
  ];
}

function probabilityElement(p: number, y: number): [number, number] {
  return [
    -times(y, Math.max(Math.log(p), -100)) - times(1 - y, Math.max(Math.log1p(-p), -100)),
    p === 0 || p === 1 ? (p - y) / 1e-12 : (1 - y) / (1 - p) - y / p,
  ];
}

/**
 * E of a row: what background leaves of it, or more where a single class has more; nothing where no class has any.
 *
 * @param y Of each class.
 */
export function foregroundShare(y: number[], background?: number): number {
  const largest = y.reduce((most, share) => Math.max(most, share), 0);
  if (largest === 0) return 0;
  const lack = Math.max(0, 1 - y.reduce((sum, share) => sum + share, 0));
  return background == null ? 1 - lack : Math.max(1 - background, largest);
}

/** Σ_j w_j · BCE_j with w_j = 1 − E · β · T_j · (1 − y_j). */
export function sigmoidClosedForm(input: ClosedFormInput): ClosedForm {
  const {predictions, labels, background, tail, beta = 1, fromLogits = true} = input;
  const element = fromLogits ? logitElement : probabilityElement;
  return byRow(input, (at, columns) => {
    const share = foregroundShare(
      columns.map((j) => labels[at + j]),
      background?.[at / tail.length],
    );
    const gradient: number[] = [];
    let rowLoss = 0;
    for (const j of columns) {
      const y = labels[at + j];
      const b = typeof beta === 'number' ? beta : beta[at + j];
      // 1 − E · β · T_j · (1 − y_j), with the digits of the smallest y_j.
      const spared = share * b * tail[j];
      const w = 1 - spared + spared * y;
      const [loss, slope] = element(predictions[at + j], y);
      rowLoss += times(w, loss);
      gradient.push(times(w, slope));
    }
    return {rowLoss, gradient};
  });
}

/** −Σ_j y_j log(e^{z_j} / Σ_k w̃_k e^{z_k}) with w̃_k = 1 − β · T_k · (1 − y_k). */
export function softmaxClosedForm(input: ClosedFormInput): ClosedForm {
  const {predictions: z, labels, tail, beta = 1} = input;
  return byRow(input, (at, columns) => {
    const weight = (k: number) => {
      const spared = (typeof beta === 'number' ? beta : beta[at + k]) * tail[k];
      return 1 - spared + spared * labels[at + k];
    };
    const kept = columns.filter((k) => weight(k) > 0);
    const largest = kept.reduce((most, k) => Math.max(most, z[at + k]), Number.NEGATIVE_INFINITY);
    const sumOf = (some: number[]) =>
      some.reduce((total, k) => total + weight(k) * Math.exp(z[at + k] - largest), 0);
    const sum = sumOf(kept);
    // The largest term may be e⁰: without it, the logarithm keeps the digits of all others.
    const first = kept.findIndex((k) => z[at + k] === largest);
    const others = sumOf(kept.filter((_, i) => i !== first));
    const logSum = weight(kept[first]) === 1 ? Math.log1p(others) : Math.log(sum);
    const mass = columns.reduce((total, k) => total + labels[at + k], 0);
    const share = (k: number) => (weight(k) * Math.exp(z[at + k] - largest)) / sum;
    return {
      rowLoss: columns.reduce((loss, j) => loss + times(labels[at + j], largest - z[at + j] + logSum), 0),
      gradient: columns.map((k) => (weight(k) > 0 ? mass * share(k) : 0) - labels[at + k]),
    };
  });
}

function byRow(
  {predictions, tail}: ClosedFormInput,
  row: (at: number, columns: number[]) => {rowLoss: number; gradient: number[]},
): ClosedForm {
  const columns = Array.from({length: tail.length}, (_, j) => j);
  const rowLosses: number[] = [];
  const gradient: number[] = [];
  for (let at = 0; at < predictions.length; at += tail.length) {
    const result = row(at, columns);
    rowLosses.push(result.rowLoss);
    for (const slope of result.gradient) gradient.push(slope);
  }
  return {rowLosses, gradient};
}
