import {Random} from '../../../src/core/random';
import {matchProposals} from '../../../src/detection';
import type {GetSample} from '../../../src/sampling';
import {type GreyPage, PAGE_HEIGHT, PAGE_WIDTH, scanPage} from './grey_page';
import {propose} from './proposals';

/** How pages become samples. */
export interface TrainingSamplesOptions {
  pages: readonly GreyPage[];
  /** C. */
  classes: number;
  seed: number;
  /** How often an epoch visits a page, each time with other boxes. */
  visits: number;
  /** Boxes per visit. */
  boxes: number;
  /** The largest share of boxes that may be foreground. */
  foregroundFraction: number;
}

/** A page as one epoch sees it. */
interface Scanned {
  epoch: number;
  scan: Float32Array;
  proposals: Float64Array;
  indices: Int32Array;
  labels: Int32Array;
  targets: Float32Array;
}

/**
 * Samples for `indexedDataset`, `pages · visits` in all: sample i is visit ⌊i / pages⌋ of page i % pages. Noise, boxes and
 * the selection of boxes are new in each epoch, and depend only on seed, page and epoch.
 */
export function trainingSamples(options: TrainingSamplesOptions): GetSample {
  const {pages, classes, visits, boxes: perVisit} = options;
  const scanned: Scanned[] = [];
  return (index, {epoch}) => {
    const at = index % pages.length;
    const visit = Math.floor(index / pages.length);
    if (scanned[at]?.epoch !== epoch) scanned[at] = look(options, at, epoch);
    const {scan, proposals, indices, labels, targets} = scanned[at];
    const ownBoxes = new Float32Array(4 * perVisit);
    const ownLabels = new Int32Array(perVisit);
    const ownTargets = new Float32Array(5 * perVisit);
    for (let k = 0; k < perVisit; ++k) {
      // Each visit takes rows from the whole page.
      const row = (visit + k * visits) % indices.length;
      const isForeground = labels[row] < classes;
      ownBoxes.set(proposals.subarray(4 * indices[row], 4 * indices[row] + 4), 4 * k);
      ownTargets.set(targets.subarray(4 * row, 4 * row + 4), 5 * k);
      ownTargets[5 * k + 4] = Number(isForeground);
      ownLabels[k] = labels[row];
    }
    return {
      xs: {
        image: {data: scan, shape: [PAGE_HEIGHT, PAGE_WIDTH, 1]},
        proposals: {data: ownBoxes, shape: [perVisit, 4]},
      },
      ys: {classes: ownLabels, boxes: {data: ownTargets, shape: [perVisit, 5]}},
    };
  };
}

function look(options: TrainingSamplesOptions, at: number, epoch: number): Scanned {
  const {pages, classes, seed, visits, boxes, foregroundFraction} = options;
  const random = Random.of(seed, 'page', at, epoch);
  const page = pages[at];
  const scan = scanPage(page, random);
  const proposals = propose(scan, random);
  const matched = matchProposals(proposals, page, {
    numClasses: classes,
    seed: random.below(2 ** 31),
    perImage: visits * boxes,
    foregroundFraction,
  });
  const read = {
    indices: matched.indices.dataSync() as Int32Array,
    labels: matched.labels.dataSync() as Int32Array,
    targets: matched.boxTargets.dataSync() as Float32Array,
  };
  for (const tensor of Object.values(matched)) tensor.dispose();
  return {epoch, scan, proposals, ...read};
}
