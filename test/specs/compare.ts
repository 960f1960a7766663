import type {SpecResults} from './setting';

/** What is wrong with a run, each with a reason. */
export type Complaint = {spec: string; reason: string};

/**
 * That exactly the known specs fail, and that none of them passes with TensorFlow.js's own kernels.
 *
 * @param known Names of the specs that are known to fail with this package's kernels.
 */
export function compare(ours: SpecResults, stock: SpecResults, known: readonly string[]): Complaint[] {
  const expected = new Set(known);
  const passesWithout = new Set(stock.passed);
  const failing = Object.entries(ours.failed).flatMap(([spec, reason]) => {
    if (passesWithout.has(spec)) return [{spec, reason: `passes without this package's kernels: ${reason}`}];
    return expected.has(spec) ? [] : [{spec, reason}];
  });
  const mended = known
    .filter((spec) => !(spec in ours.failed))
    .map((spec) => ({spec, reason: 'is listed, but does not fail: npm run test:specs -- --shrink'}));
  return [...failing, ...mended];
}

/** The list of known failures without those that do not fail any more. It never grows. */
export function shrink(known: readonly string[], ours: SpecResults): string[] {
  return known.filter((spec) => spec in ours.failed);
}
