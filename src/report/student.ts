// scipy.stats.t.ppf(0.975, df) for df = 1 … 10.
const T = [
  12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
];
const Z = 1.959963985;

/** The 97.5 % quantile of Student's t with `df` degrees of freedom, an integer from 1, to five digits. */
export function studentQuantile(df: number): number {
  if (df <= T.length) return T[df - 1];
  // Fisher's expansion (Abramowitz and Stegun 26.7.5).
  const z2 = Z ** 2;
  return (
    Z +
    (Z * (z2 + 1)) / (4 * df) +
    (Z * (5 * z2 ** 2 + 16 * z2 + 3)) / (96 * df ** 2) +
    (Z * (3 * z2 ** 3 + 19 * z2 ** 2 + 17 * z2 - 15)) / (384 * df ** 3) +
    (Z * (79 * z2 ** 4 + 776 * z2 ** 3 + 1482 * z2 ** 2 - 1920 * z2 - 945)) / (92160 * df ** 4)
  );
}
