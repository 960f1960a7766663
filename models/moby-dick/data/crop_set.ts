import {reject} from '../../../src/core/errors';
import {Random} from '../../../src/core/random';
import {mobyDickCorpus, type Occurrence} from './corpus';
import {CROP_SIDE, characterBox, cutCrops, scan} from './crops';
import {FACES, type Face, type Split} from './faces';
import {randomStyle, setPage} from './pages';

/** Labeled crops, held as bytes. */
export interface CropSet {
  /** `length · CROP_SIDE²` gray levels, ink bright. */
  images: Uint8Array;
  /** The class of each crop; `classes.length` is background. */
  labels: Uint8Array;
  /** The characters, the book's most common first. */
  classes: readonly string[];
}

interface Target extends Occurrence {
  label: number;
}

/** Which faces `balancedCrops` are set in: those of training, or others. Their lines are never training lines. */
export type HeldOut = 'seen' | Exclude<Split, 'training'>;

const SEEDS: Record<HeldOut, number> = {test: 2701, validation: 2702, seen: 2703};

/**
 * Makes `perClass` crops of every class, from lines that no training crop comes from. A class with fewer occurrences on
 * such lines repeats them in other faces, sizes and noise. The faces take turns.
 *
 * @param split `seen`: the typefaces of training. `test` and `validation`: other typefaces. `validation` is for choosing
 *   settings; it shares neither typefaces nor lines with the others.
 * @throws ValueError when `perClass` is not a positive whole number.
 */
export function balancedCrops(split: HeldOut, perClass = 30): CropSet {
  if (!Number.isInteger(perClass) || perClass < 1) reject('perClass', 'a positive whole number', perClass);
  const corpus = mobyDickCorpus();
  const {classes} = corpus;
  const places = corpus[split === 'validation' ? 'validation' : 'test'];
  const random = new Random(SEEDS[split]);
  const faces: readonly Face[] = FACES[split === 'seen' ? 'training' : split];
  const byFace: Target[][] = faces.map(() => []);
  classes.forEach((_, label) => {
    const occurrences = random.shuffle([...places[label]]);
    for (let i = 0; i < perClass; i++) {
      byFace[i % faces.length].push({...occurrences[i % occurrences.length], label});
    }
  });
  const length = classes.length * perClass;
  const crops = {images: new Uint8Array(length * CROP_SIDE ** 2), labels: new Uint8Array(length), classes};
  let from = 0;
  byFace.forEach((targets, i) => {
    cutTargets(crops, from, targets, faces[i], random);
    from += targets.length;
  });
  return crops;
}

const LINES_PER_PAGE = 12;

/** Sets the lines that contain a target as pages, and cuts out the targets. */
function cutTargets(crops: CropSet, from: number, targets: Target[], face: Face, random: Random): void {
  const {lines} = mobyDickCorpus();
  targets.sort((a, b) => a.line - b.line || a.index - b.index);
  for (let start = 0; start < targets.length; ) {
    const shown: number[] = [];
    let end = start;
    while (end < targets.length) {
      const {line} = targets[end];
      if (shown[shown.length - 1] !== line) {
        if (shown.length === LINES_PER_PAGE) break;
        shown.push(line);
      }
      end++;
    }
    const text = shown.map((line) => lines[line]);
    const page = setPage(text, randomStyle([face], random), random);
    const boxes = targets
      .slice(start, end)
      .map(({line, index}) => characterBox(page, shown.indexOf(line), index, random));
    for (let i = start; i < end; i++) crops.labels[from + i] = targets[i].label;
    crops.images.set(scan(cutCrops(page, boxes), random), (from + start) * CROP_SIDE ** 2);
    start = end;
  }
}
