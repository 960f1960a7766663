import type {Column, RowTable} from '../../kernels/losses/simd/row_table';

/** The adjustment of logits before the softmax: z'_j = scale_j · (z_j − margin_j · y_j) + bias_j, each `[C]`. */
export interface LogitAdjustment {
  /** Default: 1. */
  scale?: Float64Array;
  /** Default: 0. */
  margin?: Float64Array;
  /** Default: 0. */
  bias?: Float64Array;
}

/** The largest distance between biases: their exponentials are float32, and smaller ones would lose digits. */
const WIDEST = 80;

// A loss passes the same adjustment as long as its counts stay the same.
const known = new WeakMap<object, RowTable | null>();

/**
 * The SIMD module's table for adjusted logits: e^{bias_j} relative to the largest, scales, and the summand for the
 * logit of a row's own class. Null if biases are too far apart.
 *
 * @param smoothing ε_j, the share of a class's label that is spread over all classes.
 */
export function adjustedTable(adjustment: LogitAdjustment, smoothing?: Float64Array): RowTable | null {
  const key = smoothing ?? adjustment;
  if (!known.has(key)) known.set(key, tableOf(adjustment, smoothing));
  return known.get(key) ?? null;
}

function tableOf({scale, margin, bias}: LogitAdjustment, smoothing?: Float64Array): RowTable | null {
  const most = bias?.reduce((most, b) => Math.max(most, b), Number.NEGATIVE_INFINITY) ?? 0;
  if (bias?.some((b) => !(b - most > -WIDEST))) return null;
  const any = margin ?? bias;
  const offset = any?.map(
    (_, j) => (bias ? bias[j] - most : 0) - (margin ? (scale?.[j] ?? 1) * margin[j] : 0),
  );
  const column = (as: Column['as'], values?: Float64Array) => (values ? {as, values} : null);
  const terms = bias?.map((b) => Math.exp(b - most));
  return {
    formula: 'adjusted',
    columns: [
      column('float32', terms),
      column('scales', scale),
      column('float64', scale),
      column('float64', offset),
      column('float64', smoothing),
    ],
  };
}
