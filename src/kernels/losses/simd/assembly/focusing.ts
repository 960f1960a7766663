import {scratch} from './call';
import {promoteHigh} from './elements';
import {exp4, log4} from './powers';
import {FOURTH, THIRD} from './table';

/** Whether the power of γ can be computed by multiplications. */
export function isWhole(gamma: f32): bool {
  return gamma == 1 || gamma == 2 || gamma == 3 || gamma == 4;
}

/** Replaces log p with e^{γ log p}. */
export function expandLogs(end: usize, gamma: f32): void {
  const factor = f32x4.splat(gamma);
  let at = scratch;
  end += at;
  do {
    v128.store(at, exp4(f32x4.mul(v128.load(at), factor)));
    at += 16;
  } while (at < end);
}

/** Raises the first part to the power γ. */
export function raiseToAny(end: usize, gamma: f32): void {
  let at = scratch;
  const last = at + end;
  do {
    v128.store(at, log4(v128.load(at)));
    at += 16;
  } while (at < last);
  expandLogs(end, gamma);
}

/** Multiplies both parts by the first one's power of 1 to 4: sums the losses, and writes the gradient to `out`. */
export function focusBy(gamma: f32, out: usize, end: usize, factor: f32, sums: v128): v128 {
  if (gamma == 1) return focus<i8>(out, end, factor, sums);
  if (gamma == 2) return focus<i16>(out, end, factor, sums);
  if (gamma == 3) return focus<i32>(out, end, factor, sums);
  return focus<i64>(out, end, factor, sums);
}

// Fused, as a loop of its own for the power would load and store everything again. `Power` is the first, second …
// integer type.
function focus<Power>(out: usize, end: usize, factor: f32, sums: v128): v128 {
  const parts = scratch;
  const factors = f32x4.splat(factor);
  let at: usize = 0;
  do {
    const base = v128.load(parts + at);
    let power = base;
    if (sizeof<Power>() > 1) {
      power = f32x4.mul(base, base);
      if (sizeof<Power>() == 4) power = f32x4.mul(base, power);
      if (sizeof<Power>() == 8) power = f32x4.mul(power, power);
    }
    const loss = f32x4.mul(power, v128.load(parts + at, THIRD));
    if (out) {
      const slope = f32x4.mul(power, v128.load(parts + at, FOURTH));
      v128.store(out + at, f32x4.mul(slope, factors));
    }
    sums = f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(loss), promoteHigh(loss)));
    at += 16;
  } while (at < end);
  return sums;
}
