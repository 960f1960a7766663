/** At least two and at most `most` + 1 round numbers, evenly spaced, from 0 to `end` or less; `most` is 3 or more. */
export function ticks(end: number, most: number): number[] {
  const rough = end / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Allow a tiny tolerance, as 0.3 / 3 is not 0.1.
  const step = power * (FACTORS.find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
  return Array.from({length: Math.floor(end / step + 1e-9) + 1}, (_, i) => i * step);
}

const FACTORS = [1, 2, 5];

/** The smallest tick at or above `highest`, as the end of an axis. */
export function axisEnd(highest: number): number {
  const [, step] = ticks(highest, 4);
  return Math.ceil(highest / step - 1e-9) * step;
}
