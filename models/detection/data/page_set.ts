import {Random} from '../../../src/core/random';
import {type Corpus, mobyDickCorpus, type Occurrence} from '../../moby-dick/data/corpus';
import {FACES, type Split} from '../../moby-dick/data/faces';
import {type GreyPage, greyPage, LINES_PER_PAGE} from './grey_page';

/** Pages from training lines, with the book's own counts of characters and each class at least once. */
export function trainingPages(pages: number, seed: number): GreyPage[] {
  const corpus = mobyDickCorpus();
  const random = new Random(seed);
  const lines = random.shuffle(linesOf(corpus.training));
  const chosen = lines.slice(0, pages * LINES_PER_PAGE);
  addMissing(chosen, corpus, random);
  return setPages(corpus, chosen, 'training', random);
}

const SEEDS: Record<Exclude<Split, 'training'>, number> = {test: 2801, validation: 2802};

/**
 * Pages of lines and typefaces that no training page has. For each class, up to `perClass` lines are chosen; it may also
 * occur on lines chosen for other classes.
 */
export function heldOutPages(split: Exclude<Split, 'training'>, perClass: number): GreyPage[] {
  const corpus = mobyDickCorpus();
  const random = new Random(SEEDS[split]);
  const chosen = new Set<number>();
  for (const places of [...corpus[split]].reverse()) {
    const lines = random.shuffle(linesOf([places]));
    let have = lines.filter((line) => chosen.has(line)).length;
    for (const line of lines) {
      if (have >= perClass) break;
      if (chosen.has(line)) continue;
      chosen.add(line);
      have++;
    }
  }
  return setPages(corpus, random.shuffle([...chosen]), split, random);
}

function linesOf(places: readonly (readonly Occurrence[])[]): number[] {
  return [...new Set(places.flatMap((found) => found.map(({line}) => line)))].sort((a, b) => a - b);
}

/** For each missing class, rarest first, replaces a line that no class needs with one that contains it. */
function addMissing(chosen: number[], {lines, classes, training}: Corpus, random: Random): void {
  const fixed = new Set<number>();
  for (let label = classes.length - 1; label >= 0; --label) {
    const character = classes[label];
    const at = chosen.findIndex((line) => lines[line].includes(character));
    if (at >= 0) {
      fixed.add(at);
      continue;
    }
    let place = random.below(chosen.length);
    while (fixed.has(place)) place = (place + 1) % chosen.length;
    fixed.add(place);
    chosen[place] = training[label][random.below(training[label].length)].line;
  }
}

function setPages(corpus: Corpus, lines: readonly number[], split: Split, random: Random): GreyPage[] {
  const count = Math.ceil(lines.length / LINES_PER_PAGE);
  return Array.from({length: count}, (_, p) =>
    greyPage(corpus, lines.slice(p * LINES_PER_PAGE, (p + 1) * LINES_PER_PAGE), FACES[split], random),
  );
}

/** How many boxes each class has, `[C]`. */
export function countBoxes(pages: readonly GreyPage[], classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const {labels} of pages) for (const label of labels) counts[label]++;
  return counts;
}
