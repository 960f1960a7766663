import * as tfc from '@tensorflow/tfjs-core';
import {hostLabels, isForeground, type LabelValues} from '../kernels/host/host_labels';
import {onHostBackend} from '../kernels/loss_op';
import type {Labels} from '../labels';

const BATCHES = 50;
const BLOCK_ELEMENTS = 16_384;

/**
 * Watches the first batches of training for a background row. Plain EQL without any collapses: a rare class's
 * logit then never receives a negative gradient, for E(r) = 1 in every row.
 */
export class BackgroundWatch {
  private batchesWithout = 0;
  private finished = false;

  /** @param warn Called once, when the first 50 batches held no background row. */
  constructor(private readonly warn: (batches: number) => void) {}

  /** Reads the labels where that is free; on GPU backends it would stall training, and nothing is watched. */
  observe(labels: Labels): void {
    if (this.finished || !onHostBackend()) return;
    if (holdsBackground(labels)) {
      this.finished = true;
    } else if (++this.batchesWithout === BATCHES) {
      this.finished = true;
      this.warn(BATCHES);
    }
  }
}

// Block by block of rows: dense labels may be as large as the logits, and a copy of all would double their memory.
function holdsBackground(labels: Labels): boolean {
  const {values, rows} = labels;
  const width = values.size / Math.max(rows, 1);
  const perBlock = Math.max(1, Math.floor(BLOCK_ELEMENTS / width));
  for (let first = 0; first < rows; first += perBlock) {
    const count = Math.min(perBlock, rows - first);
    const block = tfc.tidy(() => tfc.slice(values, first, count).dataSync() as LabelValues);
    const read = hostLabels({...labels, rows: count}, block);
    for (let row = 0; row < count; ++row) if (!isForeground(read, row)) return true;
  }
  return false;
}
