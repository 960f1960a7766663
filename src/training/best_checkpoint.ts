import type * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {MONITOR_OPTIONS, Monitor, type MonitorOptions} from './monitor';

/** When to save, and where. */
export interface BestCheckpointOptions extends MonitorOptions {
  /**
   * Where to save: an argument of `model.save`, such as `'file:///tmp/best'` or `'indexeddb://best'`, or a function
   * that handles the model itself.
   */
  save: string | tfc.io.IOHandler | ((model: LayersModel, best: BestEpoch) => unknown);
}

/** An epoch better than all before it. */
export interface BestEpoch {
  /** From 0. */
  epoch: number;
  /** The monitored value. */
  value: number;
}

/**
 * Saves the model, with its optimizer, after each epoch that is better than all before it, by any loss or metric.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss, metrics: [new BalancedAccuracy()]});
 * const best = bestCheckpoint({monitor: 'val_balanced_accuracy', save: 'file:///tmp/best'});
 * await model.fit(xs, ys, {epochs: 2, verbose: 0, validationData: [xs, ys], callbacks: [best]});
 * const again = await tf.loadLayersModel('file:///tmp/best/model.json');
 * ```
 *
 * @returns A callback for `fit` and `fitDataset`; it can be combined with those of TensorFlow.js.
 * @throws ValueError for invalid options.
 */
export function bestCheckpoint(options: BestCheckpointOptions): BestCheckpoint {
  checkOptions('bestCheckpoint', options, [...MONITOR_OPTIONS, 'save']);
  return new BestCheckpoint(options);
}

/** The callback that `bestCheckpoint` returns. */
export class BestCheckpoint extends Monitor {
  private readonly save: BestCheckpointOptions['save'];

  /** @throws ValueError for invalid options. */
  constructor(options: BestCheckpointOptions) {
    super(options);
    const {save} = options;
    const isTarget =
      typeof save === 'string' ? save !== '' : typeof save === 'function' || save?.save != null;
    if (!isTarget) reject('save', 'a URL, a handler or a function', save);
    this.save = save;
  }

  protected async judged(epoch: number, isBetter: boolean): Promise<void> {
    if (!isBetter) return;
    const {save, trained} = this;
    if (typeof save === 'function') await save(trained, {epoch, value: this.bestValue});
    else await trained.save(save, {includeOptimizer: true});
  }
}
