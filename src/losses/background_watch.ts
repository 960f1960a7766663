import {type HostLabels, hostLabels, isForeground, type LabelValues} from '../kernels/host/host_labels';
import {onHostBackend} from '../kernels/loss_op';
import type {Labels} from '../labels';

const BATCHES = 50;

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
    if (holdsBackground(hostLabels(labels, labels.values.dataSync() as LabelValues))) {
      this.finished = true;
    } else if (++this.batchesWithout === BATCHES) {
      this.finished = true;
      this.warn(BATCHES);
    }
  }
}

function holdsBackground(labels: HostLabels): boolean {
  for (let row = 0; row < labels.rows; ++row) if (!isForeground(labels, row)) return true;
  return false;
}
