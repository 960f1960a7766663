import type {RowTable} from '../../kernels/losses/simd/row_table';

/** Focusing of positives and negatives, each with a weight. */
export interface Focusing {
  gammaPositive: number;
  gammaNegative: number;
  positive?: number;
  negative?: number;
  /** m: p^γ₋ of negatives becomes max(p − m, 0)^γ₋. */
  clip?: number;
}

/** Beyond it, the factors that the module takes apart with a clip could leave the range of float32. */
const LARGEST_GAMMA = 64;

/**
 * The SIMD module's table for a focal loss of sigmoids. Null for a clip with γ₋ below 1, where it would divide by 0, or
 * beyond what float32 can hold.
 */
export function focusingTable({
  gammaPositive,
  gammaNegative,
  positive = 1,
  negative = 1,
  clip = 0,
}: Focusing): RowTable | null {
  if (clip > 0 && (gammaNegative < 1 || gammaNegative > LARGEST_GAMMA)) return null;
  return {
    formula: clip > 0 ? 'shifted' : 'focal',
    columns: [],
    numbers: [gammaNegative, gammaPositive, negative, positive, clip],
  };
}

/** The SIMD module's table for the focal loss of a softmax. Null if its weight is 0. */
export function softmaxFocalTable({gamma, alpha = 1}: {gamma: number; alpha?: number}): RowTable | null {
  return alpha > 0 ? {formula: 'adjusted', columns: [], numbers: [gamma, alpha]} : null;
}
