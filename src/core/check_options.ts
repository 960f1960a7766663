import {reject, show, ValueError} from './errors';

/**
 * Rejects options with names other than `known`: a misspelled one would otherwise be ignored silently.
 *
 * @param of What the options belong to, for the message: `'EqualizationLoss'`.
 * @param hints What to say about an unknown option instead of the nearest known name.
 * @throws ValueError naming the unknown option and the nearest known one.
 */
export function checkOptions(
  of: string,
  options: unknown,
  known: readonly string[],
  hints: Readonly<Record<string, string>> = {},
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    reject('options', `an object, the options of ${of}`, options);
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const hint = Object.hasOwn(hints, name) ? hints[name] : hintFor(name, known);
    throw new ValueError(
      `Expected the options of ${of} to have known names only. Received: ${show(name)} (${hint})`,
    );
  }
}

function hintFor(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known);
  return nearest === undefined ? `known: ${known.join(', ')}` : `did you mean ${show(nearest)}?`;
}

/** The name with the fewest edits from `name`, or undefined if all differ in more than half of it. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((candidate) => editDistance(name.toLowerCase(), candidate.toLowerCase()));
  const least = Math.min(...distances);
  return least <= name.length / 2 ? known[distances.indexOf(least)] : undefined;
}

// Levenshtein distance, row by row: insertions, deletions and replacements of one letter.
function editDistance(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1]));
    }
    row = next;
  }
  return row[b.length];
}
