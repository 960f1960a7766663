import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../core/host_backend';
import {foregroundShare} from '../../labels/foreground_share';
import {backgroundShare, hostLabels, type LabelValues} from '../../labels/host_labels';
import {denseLabels, type Labels} from '../../labels/labels';

const BATCHES = 50;
const BLOCK_ELEMENTS = 16_384;
/** The least 1 − E(r) of a background row. */
const LEAST_BACKGROUND = 0.5;

/**
 * Watches training batches until one holds a background row. Plain EQL collapses without any: the logit of a class
 * below λ then never receives a negative gradient, as E(r) = 1 in every row.
 */
export class BackgroundWatch {
  private batchesWithout = 0;
  private finished = false;

  /**
   * @param refuse Called, to throw, with the 50th batch if none has held a background row, and with every batch after
   *   it.
   */
  constructor(private readonly refuse: (batches: number) => never) {}

  /**
   * Counts a batch. If reading labels would stall training, they are read later: `refuse` is then called with the first
   * batch after the results for 50 have arrived.
   */
  observe(labels: Labels): void {
    if (this.finished || labels.rows === 0) return;
    if (onHostBackend()) {
      if (holdsBackground(labels)) this.finished = true;
      // A refused batch was not trained on, and does not count.
      else if (this.batchesWithout + 1 >= BATCHES) this.refuse(BATCHES);
      else ++this.batchesWithout;
    } else {
      this.readLater(labels);
      if (this.batchesWithout >= BATCHES) this.refuse(BATCHES);
    }
  }

  private readLater(labels: Labels): void {
    tfc.tidy(() => {
      const seen = inSight(labels);
      // WebGL defers a disposal until it has read; WebGPU does not.
      const isKept = tfc.getBackend() === 'webgpu';
      if (isKept) tfc.keep(seen);
      const count = ([isBackground, isCounted]: ArrayLike<number> & Iterable<number>) => {
        if (isBackground) this.finished = true;
        else if (isCounted) ++this.batchesWithout;
      };
      // A lost device answers nothing, which is reported elsewhere.
      const ignore = () => {};
      void seen
        .data()
        .then(count, ignore)
        .then(() => {
          if (isKept) seen.dispose();
        });
    });
  }
}

// Converts rows in blocks: dense labels can be as large as the logits, and a full copy would double their memory.
function holdsBackground(labels: Labels): boolean {
  const {values, rows} = labels;
  const counted = labels.counted?.dataSync();
  const width = values.size / rows;
  const perBlock = Math.max(1, Math.floor(BLOCK_ELEMENTS / width));
  for (let first = 0; first < rows; first += perBlock) {
    const count = Math.min(perBlock, rows - first);
    const block = tfc.tidy(() => tfc.slice(values, first, count).dataSync() as LabelValues);
    const read = hostLabels({...labels, rows: count}, block);
    for (let row = 0; row < count; ++row) {
      if (counted && !counted[first + row]) continue;
      if (backgroundShare(read, row) >= LEAST_BACKGROUND) return true;
    }
  }
  return false;
}

/** Whether the rows that count include a background row, and whether there are any: `[2]`, composed of tfjs ops. */
function inSight(labels: Labels): tfc.Tensor {
  const isBackground =
    labels.form === 'index'
      ? tfc.equal(labels.values, labels.classes)
      : tfc.reshape(tfc.lessEqual(foregroundShare(labels, denseLabels(labels)), 1 - LEAST_BACKGROUND), [
          labels.rows,
        ]);
  const counted = labels.counted ?? tfc.onesLike(isBackground);
  return tfc.any(tfc.stack([tfc.logicalAnd(isBackground, counted), counted]), 1);
}
