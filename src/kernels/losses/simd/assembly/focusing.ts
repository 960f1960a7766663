import {scratch} from './call';
import {addUp, SUMMED_AT_ONCE} from './elements';
import {exp4, log4} from './powers';
import {FIFTH, FOURTH, THIRD} from './table';

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

/** Raises the first part to the power γ, and keeps it as the fifth. */
export function raise(end: usize, gamma: f32): void {
  const whole = isWhole(gamma);
  const last = scratch + end;
  for (let at = scratch; at < last; at += 16) {
    const base = v128.load(at);
    let power = base;
    if (whole) for (let i: f32 = 1; i < gamma; ++i) power = f32x4.mul(power, base);
    v128.store(at, whole ? power : log4(base));
    v128.store(at, base, FIFTH);
  }
  if (!whole) expandLogs(end, gamma);
}

/**
 * Multiplies both parts by the first one, or its square: sums the losses, and writes the gradient to `out`. `Power` is the
 * first or second integer type.
 */
export function focus<Power>(out: usize, end: usize, factor: f32, sums: v128): v128 {
  const parts = scratch;
  const factors = f32x4.splat(factor);
  let at: usize = 0;
  do {
    const stop = min(at + SUMMED_AT_ONCE, end);
    let some = f32x4.splat(0);
    do {
      const base = v128.load(parts + at);
      const power = sizeof<Power>() > 1 ? f32x4.mul(base, base) : base;
      some = f32x4.add(some, f32x4.mul(power, v128.load(parts + at, THIRD)));
      if (out) {
        const slope = f32x4.mul(power, v128.load(parts + at, FOURTH));
        v128.store(out + at, f32x4.mul(slope, factors));
      }
      at += 16;
    } while (at < stop);
    sums = addUp(sums, some);
  } while (at < end);
  return sums;
}
