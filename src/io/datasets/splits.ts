import {reject, ValueError} from '../../core/errors';
import {Random} from '../../core/random';
import {requireNumber} from '../../core/require_number';

/** Names of the splits. */
export const SPLITS = ['train', 'validation', 'test'] as const;

/** Name of a split. */
export type Split = (typeof SPLITS)[number];

/** Shares of each class to set aside, 0 ≤ share < 1. */
export interface SplitShares {
  /** For validation. Default: 0. */
  validation?: number;
  /** For the final test. Default: 0. */
  test?: number;
}

const ALIASES: Record<string, Split> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The split with this common name, or undefined. */
export function splitOfName(name: string): Split | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined;
}

/** @throws ValueError for shares that leave nothing to train on. */
export function checkShares(shares: SplitShares | undefined): Required<SplitShares> {
  if (shares !== undefined && (typeof shares !== 'object' || shares === null)) {
    reject('split', '{validation, test}', shares);
  }
  const {validation = 0, test = 0, ...others} = shares ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) reject('split', '{validation, test}', shares);
  requireNumber('split.validation', validation, 0, 1);
  requireNumber('split.test', test, 0, 1);
  if (validation + test >= 1) reject('split', 'shares that add up to less than 1', `${validation} + ${test}`);
  return {validation, test};
}

/**
 * Sets aside a share of each class. A class of three or more images has at least one in each requested split, so that
 * rare classes are tested too; of two images, one goes to the test split; training keeps at least one.
 *
 * @returns The split of each image.
 */
export function stratifiedSplit(
  labels: Int32Array,
  numClasses: number,
  shares: Required<SplitShares>,
  seed: number,
): Split[] {
  const members: number[][] = Array.from({length: numClasses}, () => []);
  labels.forEach((label, i) => void members[label].push(i));
  const splits: Split[] = new Array(labels.length).fill('train');
  members.forEach((images, j) => {
    Random.of(seed, 'split', j).shuffle(images);
    let left = images.length - 1;
    let next = 0;
    for (const split of ['test', 'validation'] as const) {
      const share = shares[split];
      const wanted = share === 0 ? 0 : Math.max(1, Math.round(share * images.length));
      const taken = Math.max(0, Math.min(wanted, left));
      for (let k = 0; k < taken; ++k) splits[images[next++]] = split;
      left -= taken;
    }
  });
  return splits;
}

/** Groups image indices by split. @throws ValueError if none is for training. */
export function indicesBySplit(splits: readonly Split[]): Record<Split, Int32Array> {
  const of = (split: Split) => Int32Array.from(splits.flatMap((own, i) => (own === split ? [i] : [])));
  const indices = {train: of('train'), validation: of('validation'), test: of('test')};
  if (indices.train.length === 0) throw new ValueError('Expected images for training. Received: none');
  return indices;
}
