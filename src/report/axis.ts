/** Powers of ten from `least` to `most`, the ticks of a logarithmic axis. */
export function decades(least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least) + 1e-9);
  const last = Math.ceil(Math.log10(most) - 1e-9);
  return Array.from({length: last - first + 1}, (_, i) => 10 ** (first + i)).filter(
    (x) => x >= least / 1.5 && x <= most * 1.5,
  );
}

/** The powers of ten within an axis; ticks beyond it would be clipped by the picture's edge. */
export function decadesWithin([low, high]: readonly number[]): number[] {
  return decades(low, high).filter((x) => x >= low && x <= high);
}

/** Formats a number for an axis: 10,000 and 0.001, and powers of ten below that. */
export function count(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) {
    const exponent = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    const mantissa = Number((value / 10 ** exponent).toPrecision(3));
    return `${mantissa === 1 ? '' : `${mantissa}·`}10${superscript(exponent)}`;
  }
  return value.toLocaleString('en', {maximumSignificantDigits: 6});
}

function superscript(exponent: number): string {
  return String(exponent).replace(/[-\d]/g, (digit) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(digit)]);
}
