import {reject} from '../../../src/core/errors';
import {Random} from '../../../src/core/random';
import {type Corpus, mobyDickCorpus} from './corpus';
import type {CropSet} from './crop_set';
import {BACKGROUND_KINDS, type Box, backgroundBox, CROP_SIDE, characterBox, cutCrops, scan} from './crops';
import {FACES, type Face} from './faces';
import {type Page, randomStyle, setPage} from './pages';

/** Options of `trainingScans`. */
export interface TrainingScansOptions {
  /** Approximate number of crops per epoch, background included. */
  samples: number;
  seed: number;
  /** Background crops per character (default 1.5). */
  background?: number;
  /** Faces to set the pages in (default `FACES.training`). */
  faces?: readonly Face[];
  /** Called now and then with the number of pages set so far. */
  onProgress?: (done: number, total: number) => void;
}

/** Pages that each epoch crops afresh: the same characters, in fresh boxes with fresh noise. */
export interface TrainingScans {
  /** The characters, the book's most common first. */
  classes: readonly string[];
  /** The class of each crop, the same in every epoch; `classes.length` is background. */
  labels: Uint8Array;
  /** The crops of an epoch (from 0 on), in the order of `labels`. The same epoch always gives the same crops. */
  crops(epoch: number): CropSet;
  /** A new crop of what row `row` of `labels` shows: gray levels 0 … 255. */
  crop(row: number, random: Random): Uint8Array;
}

/** More crops than this would use up the book. */
const MOST_SAMPLES = 500_000;
/** Lines per page, for about 500 characters. */
const LINES_PER_PAGE = 11;

interface Character {
  line: number;
  index: number;
  label: number;
}

interface ScannedPage {
  page: Page;
  text: readonly string[];
  characters: Character[];
  /** Number of its background crops. */
  empty: number;
}

/**
 * Makes the kind of data that the second stage of a detector is trained on: whole pages of the book, with a box around
 * every character, as often as it occurs on them (each class at least once), and boxes on background.
 *
 * @throws ValueError for a number of samples that is not a whole number in 250 … 500,000, or a negative
 *   `background`.
 */
export function trainingScans(options: TrainingScansOptions): TrainingScans {
  const {samples, seed, background = 1.5, faces = FACES.training, onProgress} = options;
  if (!Number.isInteger(samples) || samples < 250 || samples > MOST_SAMPLES) {
    reject('samples', `a whole number from 250 to ${MOST_SAMPLES.toLocaleString('en')}`, samples);
  }
  if (!(background >= 0 && background < Infinity)) reject('background', 'a finite number ≥ 0', background);
  const corpus = mobyDickCorpus();
  const random = new Random(seed);
  const lines = chooseLines(corpus, samples / (1 + background), random);
  const labelOf = new Map(corpus.classes.map((character, label) => [character, label]));
  const pages: ScannedPage[] = [];
  const total = Math.ceil(lines.length / LINES_PER_PAGE);
  let seen = 0;
  for (let start = 0; start < lines.length; start += LINES_PER_PAGE) {
    const text = lines.slice(start, start + LINES_PER_PAGE).map((line) => corpus.lines[line]);
    const characters = text.flatMap((content, line) =>
      Array.from(content, (character, index) => ({line, index, label: labelOf.get(character)})).filter(
        (place): place is Character => place.label !== undefined,
      ),
    );
    const before = Math.round(seen * background);
    seen += characters.length;
    const page = setPage(text, randomStyle(faces, random), random);
    pages.push({page, text, characters, empty: Math.round(seen * background) - before});
    onProgress?.(pages.length, total);
  }
  const labels = Uint8Array.from(
    pages.flatMap(({characters, empty}) => [
      ...characters.map(({label}) => label),
      ...new Array<number>(empty).fill(corpus.classes.length),
    ]),
  );
  const crops = (epoch: number): CropSet => {
    const images = new Uint8Array(labels.length * CROP_SIDE ** 2);
    let made = 0;
    pages.forEach((scanned, at) => {
      const own = new Random((seed * 1009 + epoch) * 100_003 + at);
      const cut = scan(cutCrops(scanned.page, boxesOf(scanned, own)), own);
      images.set(cut, made);
      made += cut.length;
    });
    return {images, labels, classes: corpus.classes};
  };
  const places = pages.flatMap((scanned) =>
    Array.from({length: boxCount(scanned)}, (_, box) => ({scanned, box})),
  );
  const crop = (row: number, own: Random): Uint8Array => {
    const {scanned, box} = places[row];
    return scan(cutCrops(scanned.page, [boxOf(scanned, box, own)]), own);
  };
  return {classes: corpus.classes, labels, crops, crop};
}

const boxCount = ({characters, empty}: ScannedPage) => characters.length + empty;

function boxesOf(scanned: ScannedPage, random: Random): Box[] {
  return Array.from({length: boxCount(scanned)}, (_, box) => boxOf(scanned, box, random));
}

/** A box around a character; after all characters, a box on background. */
function boxOf({page, text, characters}: ScannedPage, box: number, random: Random): Box {
  if (box < characters.length) {
    const {line, index} = characters[box];
    return characterBox(page, line, index, random);
  }
  const {line} = characters[random.below(characters.length)];
  const kind = BACKGROUND_KINDS[(box - characters.length) % BACKGROUND_KINDS.length];
  return backgroundBox(page, line, text[line].length, kind, random);
}

/** Chooses pages of consecutive training lines that hold about `characters` characters, and every class at least once. */
function chooseLines({lines, classes, training}: Corpus, characters: number, random: Random): number[] {
  const usable = [...new Set(training.flatMap((places) => places.map(({line}) => line)))].sort(
    (a, b) => a - b,
  );
  const blocks = Array.from({length: Math.floor(usable.length / LINES_PER_PAGE)}, (_, i) =>
    usable.slice(i * LINES_PER_PAGE, (i + 1) * LINES_PER_PAGE),
  );
  const chosen: number[] = [];
  let have = 0;
  for (const line of random.shuffle(blocks).flat()) {
    if (have >= characters) break;
    chosen.push(line);
    have += lines[line].replaceAll(' ', '').length;
  }
  // A line with a missing character replaces another line; rarest first, as their lines are few.
  const fixed = new Set<number>();
  for (let label = classes.length - 1; label >= 0; label--) {
    if (chosen.some((line) => lines[line].includes(classes[label]))) continue;
    const free = Array.from(chosen.keys()).filter(
      (at) => !fixed.has(at) && !isNeeded(chosen[at], lines, classes.slice(label), chosen),
    );
    const at = free.length > 0 ? free[random.below(free.length)] : chosen.length;
    fixed.add(at);
    chosen[at] = training[label][random.below(training[label].length)].line;
  }
  return chosen;
}

/** Whether one of these classes is on this line and on no other chosen line. */
function isNeeded(
  line: number,
  lines: readonly string[],
  classes: readonly string[],
  chosen: readonly number[],
): boolean {
  return classes.some(
    (character) =>
      lines[line].includes(character) &&
      !chosen.some((other) => other !== line && lines[other].includes(character)),
  );
}

/** The crops of one epoch of `trainingScans`. */
export function trainingCrops(options: TrainingScansOptions): CropSet {
  return trainingScans(options).crops(0);
}
