import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {type FrequencyInfo, frequenciesOf, isCounted} from './frequencies_of';

/**
 * A group with the upper limit of its classes: in images, in frequency, as a share of the classes, or (for the last
 * group) none.
 */
export interface FrequencyGroup {
  /** The group's name in metrics and reports. */
  readonly name: string;
  /** Inclusive, in images (N_j). */
  readonly maxImages?: number;
  /** Inclusive, as a frequency (f_j) in 0 … 1. */
  readonly maxFrequency?: number;
  /**
   * The share of the classes, in 0 … 1, that are in this group or one before it, the least frequent first. Of equally
   * frequent classes, the one with the higher index counts as less frequent.
   */
  readonly maxQuantile?: number;
}

/** Groups from least to most frequent; plain JSON. All but the last have a limit, all of one kind and ascending. */
export type GroupBounds = readonly FrequencyGroup[];

/** LVIS: rare 1–10, common 11–100, frequent > 100 images. */
export const LVIS_GROUPS: GroupBounds = preset([
  {name: 'rare', maxImages: 10},
  {name: 'common', maxImages: 100},
  {name: 'frequent'},
]);

/** ImageNet-LT and Places-LT: few < 20, medium 20–100, many > 100 images. */
export const IMAGENET_LT_GROUPS: GroupBounds = preset([
  {name: 'few', maxImages: 19},
  {name: 'medium', maxImages: 100},
  {name: 'many'},
]);

/** A third of the classes each, whatever their counts: with at least three classes, no group is empty. */
export const QUANTILE_GROUPS: GroupBounds = preset([
  {name: 'few', maxQuantile: 1 / 3},
  {name: 'medium', maxQuantile: 2 / 3},
  {name: 'many'},
]);

/** The assignment of classes to groups. */
export interface FrequencyGroups {
  /** The names of the groups, from least to most frequent. */
  names: string[];
  /** The index in `names` of each class's group, `[numClasses]`. */
  groupOf: Int32Array;
  /** The classes in each group, by the group's name, ascending. */
  classes: Record<string, number[]>;
}

/**
 * Sorts the classes into groups by how often they occur. A class without images (for a counter, so far) is in the first
 * group.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [600, 40, 2], numImages: 1000});
 * console.log(frequencyGroups(counts).classes); // → { rare: [ 2 ], common: [ 1 ], frequent: [ 0 ] }
 *
 * const bounds = [{name: 'tail', maxFrequency: 0.003}, {name: 'head'}];
 * console.log(frequencyGroups([0.001, 0.2], bounds).classes.tail); // → [ 0 ]
 *
 * const balanced = new ClassFrequency({imageCounts: [600, 500, 400], numImages: 1000});
 * console.log(frequencyGroups(balanced, QUANTILE_GROUPS).classes); // → { few: [ 2 ], medium: [ 1 ], many: [ 0 ] }
 * ```
 *
 * @param freqInfo Counts, or plain f_j if the bounds are frequencies.
 * @param bounds Default: {@link LVIS_GROUPS}.
 * @throws ValueError for invalid bounds or freqInfo, for bounds in images if freqInfo is plain frequencies, and for
 *   quantiles that leave a group without a class.
 */
export function frequencyGroups(freqInfo: FrequencyInfo, bounds: GroupBounds = LVIS_GROUPS): FrequencyGroups {
  const key = validateBounds(bounds);
  // A metric may hold a counter before training: no class has an image yet, and 0 / 0 is not a frequency.
  const isEmpty = isCounted(freqInfo) && freqInfo.numImages === 0;
  const counted = key === 'maxImages' || isEmpty ? imageCountsOf(freqInfo) : frequenciesOf(freqInfo);
  const amounts = key === 'maxQuantile' ? quantilesOf(counted) : counted;
  const names = bounds.map(({name}) => name);
  const classes: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const groupOf = Int32Array.from(amounts, (amount, j) => {
    const group = bounds.findIndex((bound) => amount <= (bound[key] ?? Number.POSITIVE_INFINITY));
    classes[names[group]].push(j);
    return group;
  });
  const empty = key === 'maxQuantile' ? names.find((name) => classes[name].length === 0) : undefined;
  if (empty !== undefined) {
    reject('bounds', `quantiles that leave no group of ${amounts.length} classes empty`, empty);
  }
  return {names, groupOf, classes};
}

/** The share of the classes that are at most as frequent as each, in (0, 1]. */
function quantilesOf(amounts: ArrayLike<number>): Float64Array {
  const quantiles = new Float64Array(amounts.length);
  const byRarity = Array.from(quantiles.keys()).sort((a, b) => amounts[a] - amounts[b] || b - a);
  byRarity.forEach((j, rank) => {
    // Rounding must not keep 2 of 3 classes from being within 2/3.
    quantiles[j] = (rank + 1) / amounts.length - 1e-9;
  });
  return quantiles;
}

const LIMITS = ['maxQuantile', 'maxFrequency', 'maxImages'] as const;

function validateBounds(bounds: GroupBounds): (typeof LIMITS)[number] {
  if (!Array.isArray(bounds) || bounds.length === 0) reject('bounds', 'an array of groups', bounds);
  const key = LIMITS.find((limit) => bounds[0]?.[limit] != null) ?? 'maxImages';
  const others = LIMITS.filter((limit) => limit !== key);
  const names = new Set<string>();
  for (const [i, group] of bounds.entries()) {
    if (typeof group === 'object') {
      checkOptions(`bounds[${i}]`, group ?? {}, ['name', ...LIMITS]);
    }
    const {name, [key]: max} = (group ?? {}) as FrequencyGroup;
    if (typeof name !== 'string' || name === '' || names.has(name)) {
      reject(`bounds[${i}].name`, 'a string that no other group has', name);
    }
    names.add(name);
    if (others.some((other) => group?.[other] != null))
      reject(`bounds[${i}]`, `limited by ${key}, like the first group`, group);
    if (i === bounds.length - 1) {
      if (max != null) reject(`bounds[${i}].${key}`, 'absent, as the last group has no upper limit', max);
    } else {
      const previous = i === 0 ? 0 : bounds[i - 1][key];
      if (typeof max !== 'number' || !(i === 0 ? max >= 0 : max > previous)) {
        reject(`bounds[${i}].${key}`, i === 0 ? 'a number ≥ 0' : `a number > ${previous}`, max);
      }
    }
  }
  return key;
}

function imageCountsOf(freqInfo: FrequencyInfo): Float64Array {
  if (isCounted(freqInfo)) {
    return freqInfo.imageCounts;
  }
  return reject(
    'freqInfo',
    'a ClassFrequency or a ClassFrequencyCounter, as these bounds are in images (plain frequencies take ' +
      'bounds with maxFrequency)',
    freqInfo,
  );
}

function preset(groups: FrequencyGroup[]): GroupBounds {
  return Object.freeze(groups.map((group) => Object.freeze(group)));
}
