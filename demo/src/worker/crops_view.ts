import {type ClassFrequency, frequencyGroups, lambdaForTailRatio, tailRatio} from 'tfjs-longtail';
import type {CropSet} from '../../../models/moby-dick/data/crop_set';
import {CROP_SIDE} from '../../../models/moby-dick/data/crops';
import {Random} from '../../../src/core/random';
import type {CropsView, Glyph, TailStep} from '../protocol';
import {type Crops, PER_CLASS} from './crops';

/** The tail ratio of the preset λ, as in `npm start`. */
const PRESET_TAIL_RATIO = 0.03;
const GLYPHS_PER_GROUP = 12;

/** The part of the crops that the page shows. */
export function viewOf({samples, first, freqInfo}: Crops): CropsView {
  const {names, groupOf, classes} = frequencyGroups(freqInfo);
  const tail = tailSteps(freqInfo);
  const preset = lambdaForTailRatio(freqInfo, PRESET_TAIL_RATIO);
  return {
    samples,
    classes: first.classes,
    images: [...freqInfo.imageCounts],
    numImages: freqInfo.numImages,
    groups: Array.from(groupOf, (group) => names[group]),
    tail,
    preset: tail.filter(({lambda}) => lambda <= preset).length - 1,
    side: CROP_SIDE,
    glyphs: [
      ...[...names].reverse().map((group) => ({group, glyphs: glyphsOf(first, classes[group])})),
      {group: 'background', glyphs: glyphsOf(first, [first.classes.length])},
    ],
    perClass: PER_CLASS,
  };
}

/** Puts λ midway (on a logarithmic scale) between neighboring frequencies, as nothing changes in between. */
function tailSteps(freqInfo: ClassFrequency): TailStep[] {
  const {frequencies} = freqInfo;
  const levels = [...new Set(frequencies)].sort((a, b) => a - b);
  return [...levels, 4 * levels[levels.length - 1]].map((level, i) => {
    const lambda = i === 0 ? 0 : Math.sqrt(levels[i - 1] * level);
    return {
      lambda,
      spared: frequencies.filter((f) => f < lambda).length,
      tailRatio: tailRatio(freqInfo, lambda),
    };
  });
}

/** Crops of as many different classes as possible. */
function glyphsOf({images, labels, classes}: CropSet, wanted: number[]): Glyph[] {
  const random = new Random(7);
  const size = CROP_SIDE ** 2;
  const rows = random.shuffle(Array.from(labels.keys()).filter((row) => wanted.includes(labels[row])));
  const seen = new Set<number>();
  const first = rows.filter((row) => !seen.has(labels[row]) && seen.add(labels[row]));
  const rest = rows.filter((row) => !first.includes(row));
  return [...first, ...rest].slice(0, GLYPHS_PER_GROUP).map((row) => ({
    name: classes[labels[row]] ?? '',
    pixels: images.slice(row * size, (row + 1) * size),
  }));
}
