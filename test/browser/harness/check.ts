import type {PageSetting} from './start_backend';

type CheckFn = (setting: PageSetting) => void | Promise<void>;

/** The page's checks in the order of their registration. */
export const checks: Array<{name: string; fn: CheckFn}> = [];

/** Registers a check, which fails by throwing. */
export function check(name: string, fn: CheckFn): void {
  checks.push({name, fn});
}

/** @throws Error with `message` where `condition` does not hold. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** |a − b| ≤ tolerance · (1 + |b|) throughout, where NaN equals NaN and an infinity itself alone. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert(actual.length === expected.length, `${what}: ${actual.length} values, expected ${expected.length}`);
  for (let i = 0; i < expected.length; ++i) {
    const [a, b] = [actual[i], expected[i]];
    const close = Object.is(a, b) || (Number.isFinite(b) && Math.abs(a - b) <= tolerance * (1 + Math.abs(b)));
    assert(close, `${what}: ${a} at ${i}, expected ${b}`);
  }
}
