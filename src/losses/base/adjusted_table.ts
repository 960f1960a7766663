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

/**
 * The SIMD module's table for adjusted logits: e^{bias_j} relative to the largest, scales, and the summand for the
 * logit of a row's own class. Null if biases are too far apart.
 *
 * @param smoothing ε_j, the share of a class's label that is spread over all classes.
 */
export function adjustedTable(
  {scale, margin, bias}: LogitAdjustment,
  smoothing?: Float64Array,
): RowTable | null {
  const most = bias?.reduce((most, b) => Math.max(most, b), Number.NEGATIVE_INFINITY) ?? 0;
  if (bias?.some((b) => !(b - most > -WIDEST))) return null;
  const any = margin ?? bias;
  const offset = any?.map(
    (_, j) => (bias ? bias[j] - most : 0) - (margin ? (scale?.[j] ?? 1) * margin[j] : 0),
  );
  const column = (as: Column['as'], values?: Float64Array) => (values ? {as, values} : null);
  return {
    formula: 'adjusted',
    columns: [
      column(
        'float32',
        bias?.map((b) => Math.exp(b - most)),
      ),
      column('scales', scale),
      column('float64', scale),
      column('float64', offset),
      column('float64', smoothing),
    ],
  };
}
