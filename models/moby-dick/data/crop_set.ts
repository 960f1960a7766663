import {reject} from '../../../src/core/errors';
import {Random} from '../../../src/core/random';
import {mobyDickCorpus, type Occurrence} from './corpus';
import {BACKGROUND_KINDS, type Box, backgroundBox, CROP_SIDE, characterBox, cutCrops} from './crops';
import {FACES, type Face, type Split} from './faces';
import {randomStyle, setPage} from './pages';

/** Labelled crops, held as bytes. */
export interface CropSet {
  /** `length · CROP_SIDE²` grey levels, ink bright. */
  images: Uint8Array;
  /** The class of each crop; `classes.length` is background. */
  labels: Uint8Array;
  /** The characters, the book's commonest first. */
  classes: readonly string[];
}

export interface TrainingCropsOptions {
  /** Number of crops, background included. */
  samples: number;
  seed: number;
  /** Background crops per character (default 1.5). */
  background?: number;
  /** Faces to set the pages in (default `FACES.training`). */
  faces?: readonly Face[];
  /** Called now and then with the number of crops made so far. */
  onProgress?: (done: number, total: number) => void;
}

interface Target extends Occurrence {
  label: number;
}

/** More crops than this would use up the book. */
const MOST_SAMPLES = 500_000;

/**
 * What the second stage of a detector is trained on: crops around characters, as often as the book has them (and
 * each class at least once), and crops of background. The same options give the same crops.
 *
 * @throws ValueError for a number of samples that is not a whole number in 250 … 500,000, or a negative
 *   `background`.
 */
export function trainingCrops(options: TrainingCropsOptions): CropSet {
  const {samples, seed, background = 1.5, faces = FACES.training, onProgress} = options;
  if (!Number.isInteger(samples) || samples < 250 || samples > MOST_SAMPLES) {
    reject('samples', `a whole number from 250 to ${MOST_SAMPLES.toLocaleString('en')}`, samples);
  }
  if (!(background >= 0 && background < Infinity)) reject('background', 'a finite number ≥ 0', background);
  const {classes, counts, training} = mobyDickCorpus();
  const random = new Random(seed);
  const rate = samples / (1 + background) / counts.reduce((sum, count) => sum + count, 0);
  const targets = classes.flatMap((_, label) =>
    random
      .shuffle([...training[label]])
      .slice(0, Math.max(1, Math.round(counts[label] * rate)))
      .map((occurrence): Target => ({...occurrence, label})),
  );
  const empty = background > 0 ? Math.max(0, samples - targets.length) : 0;
  const crops = allocate(targets.length + empty);
  cutTargets(crops, 0, targets, empty, faces, random, onProgress);
  return crops;
}

/**
 * `perClass` crops of every class from lines and in faces that no training crop comes from. A class with fewer
 * occurrences than that on such lines shows them again in other faces, sizes and noise. The faces take turns.
 *
 * @throws ValueError when `perClass` is not a positive whole number.
 */
export function balancedCrops(split: Exclude<Split, 'training'>, perClass = 40): CropSet {
  if (!Number.isInteger(perClass) || perClass < 1) reject('perClass', 'a positive whole number', perClass);
  const {classes, heldOut} = mobyDickCorpus();
  const random = new Random(split === 'test' ? 2701 : 2702);
  const faces: readonly Face[] = FACES[split];
  const byFace: Target[][] = faces.map(() => []);
  classes.forEach((_, label) => {
    const occurrences = random.shuffle([...heldOut[label]]);
    for (let i = 0; i < perClass; i++) {
      byFace[i % faces.length].push({...occurrences[i % occurrences.length], label});
    }
  });
  const crops = allocate(classes.length * perClass);
  let from = 0;
  byFace.forEach((targets, i) => {
    cutTargets(crops, from, targets, 0, [faces[i]], random);
    from += targets.length;
  });
  return crops;
}

function allocate(length: number): CropSet {
  const {classes} = mobyDickCorpus();
  return {images: new Uint8Array(length * CROP_SIDE ** 2), labels: new Uint8Array(length), classes};
}

const LINES_PER_PAGE = 12;

/** Sets the lines that hold a target, cuts the targets and, spread evenly over them, `empty` background crops. */
function cutTargets(
  crops: CropSet,
  from: number,
  targets: Target[],
  empty: number,
  faces: readonly Face[],
  random: Random,
  onProgress?: (done: number, total: number) => void,
): void {
  const {lines} = mobyDickCorpus();
  const total = targets.length + empty;
  targets.sort((a, b) => a.line - b.line || a.index - b.index);
  let made = 0;
  let background = 0;
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
    const page = setPage(text, randomStyle(faces, random), random);
    const boxes: Box[] = [];
    const add = (box: Box, label: number) => {
      boxes.push(box);
      crops.labels[from + made++] = label;
    };
    const first = from + made;
    for (let i = start; i < end; i++) {
      const {line, index, label} = targets[i];
      const at = shown.indexOf(line);
      add(characterBox(page, at, index, random), label);
      for (; background < Math.round(((i + 1) * empty) / targets.length); background++) {
        const kind = BACKGROUND_KINDS[background % BACKGROUND_KINDS.length];
        add(backgroundBox(page, at, text[at].length, kind, random), crops.classes.length);
      }
    }
    crops.images.set(cutCrops(page, boxes), first * CROP_SIDE ** 2);
    start = end;
    onProgress?.(made, total);
  }
}
