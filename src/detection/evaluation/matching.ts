import {overlap} from './overlaps';
import {AREA_RANGES, IOU_THRESHOLDS, isOutside} from './protocol';
import type {Detections} from './read_detections';
import type {GroundTruth} from './read_ground_truth';

/** One bit per IoU threshold. */
export const ALL_THRESHOLDS = (1 << IOU_THRESHOLDS.length) - 1;

/** The results of a category's detections, by area range and detection; bit t stands for the t-th IoU threshold. */
export interface Verdicts {
  /** It matched an object that counts. */
  readonly found: readonly Uint16Array[];
  /** It counts neither as right nor as wrong. */
  readonly ignored: readonly Uint16Array[];
}

/** Allocates the verdicts on `length` detections. */
export function emptyVerdicts(length: number): Verdicts {
  const columns = () => AREA_RANGES.map(() => new Uint16Array(length));
  return {found: columns(), ignored: columns()};
}

// An IoU of 1 that was rounded down still matches.
const STARTS = IOU_THRESHOLDS.map((threshold) => Math.min(threshold, 1 - 1e-10));

/** Matches the detections of one category and image with its objects, greedily from the highest score down. */
export class Matcher {
  // Pairs whose IoU reaches the lowest threshold: those of the d-th detection are at starts[d] … starts[d + 1].
  private readonly starts: number[] = [];
  private readonly partners: number[] = [];
  private readonly overlaps: number[] = [];
  private left = new Uint8Array(0);
  private taken = new Uint16Array(0);

  constructor(
    private readonly truth: GroundTruth,
    private readonly detections: Detections,
  ) {}

  /**
   * @param rows Detections by descending score.
   * @param objects The objects to be found.
   * @param verdicts Receives the results, from index `at` on.
   * @param forgiving Whether an unmatched detection is ignored, as not every object is annotated.
   */
  match(rows: Int32Array, objects: Int32Array, verdicts: Verdicts, at: number, forgiving: boolean): void {
    this.findPairs(rows, objects);
    for (const [a, range] of AREA_RANGES.entries()) {
      const found = verdicts.found[a];
      const ignored = verdicts.ignored[a];
      this.leaveOut(objects, range);
      for (let d = 0; d < rows.length; ++d) {
        const [counted, uncounted] =
          this.starts[d] === this.starts[d + 1]
            ? NONE
            : this.matchOne(this.starts[d], this.starts[d + 1], objects);
        const isUnmatchedIgnored = forgiving || isOutside(this.detections.area[rows[d]], range);
        found[at + d] = counted;
        ignored[at + d] = uncounted | (isUnmatchedIgnored ? ALL_THRESHOLDS & ~(counted | uncounted) : 0);
      }
    }
  }

  private findPairs(rows: Int32Array, objects: Int32Array): void {
    const {starts, partners, overlaps} = this;
    partners.length = 0;
    overlaps.length = 0;
    for (let d = 0; d < rows.length; ++d) {
      starts[d] = partners.length;
      for (let g = 0; g < objects.length; ++g) {
        const isCrowd = this.truth.crowd[objects[g]] === 1;
        const iou = overlap(this.detections, rows[d], this.truth.objects, objects[g], isCrowd);
        if (iou < IOU_THRESHOLDS[0]) continue;
        partners.push(g);
        overlaps.push(iou);
      }
    }
    starts[rows.length] = partners.length;
  }

  /** Marks the objects that do not count in an area range, and all as free. */
  private leaveOut(objects: Int32Array, range: {from: number; to: number}): void {
    if (this.left.length < objects.length) {
      this.left = new Uint8Array(2 * objects.length);
      this.taken = new Uint16Array(2 * objects.length);
    }
    for (let g = 0; g < objects.length; ++g) {
      const {ignored, objects: regions} = this.truth;
      this.left[g] = ignored[objects[g]] | Number(isOutside(regions.area[objects[g]], range));
      this.taken[g] = 0;
    }
  }

  /**
   * The thresholds at which a detection matches an object that counts, and those at which it matches one that does not.
   */
  private matchOne(from: number, to: number, objects: Int32Array): [counted: number, uncounted: number] {
    let counted = 0;
    let uncounted = 0;
    for (let t = 0; t < STARTS.length; ++t) {
      const bit = 1 << t;
      let best = this.bestOf(from, to, 0, t, objects);
      if (best >= 0) counted |= bit;
      else {
        best = this.bestOf(from, to, 1, t, objects);
        if (best < 0) continue;
        uncounted |= bit;
      }
      this.taken[best] |= bit;
    }
    return [counted, uncounted];
  }

  /** The free object with the highest IoU, the last of several; -1 if none reaches the threshold. */
  private bestOf(from: number, to: number, left: number, t: number, objects: Int32Array): number {
    let least = STARTS[t];
    let best = -1;
    for (let k = from; k < to; ++k) {
      const g = this.partners[k];
      if (this.left[g] !== left || this.overlaps[k] < least) continue;
      if (this.taken[g] & (1 << t) && this.truth.crowd[objects[g]] === 0) continue;
      least = this.overlaps[k];
      best = g;
    }
    return best;
  }
}

const NONE: [number, number] = [0, 0];
