import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {checkedPatience, MONITOR_OPTIONS, Monitor, type MonitorOptions} from './monitor';

/** When training stops. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which to stop, as in TensorFlow.js; 0 means 1. Default: 0. */
  patience?: number;
  /** Whether the model gets its best epoch's weights back when training ends, stopped early or not. Default: true. */
  restoreBestWeights?: boolean;
}

/**
 * Stops training when a value of any loss or metric no longer improves, and restores the weights of the best epoch,
 * which `tf.callbacks.earlyStopping` cannot do. Knows in which direction this package's metrics improve, and throws if
 * the monitored value does not exist.
 *
 * @example
 * ```ts
 * const few = new GroupAccuracy({group: 'few', freqInfo, bounds: QUANTILE_GROUPS});
 * model.compile({optimizer: 'adam', loss, metrics: [few]});
 * const stop = earlyStopping({monitor: 'val_few_accuracy', patience: 1});
 * await model.fit(xs, ys, {epochs: 3, verbose: 0, validationData: [xs, ys], callbacks: [stop]});
 * ```
 *
 * @returns A callback for `fit` and `fitDataset`; it can be combined with those of TensorFlow.js.
 * @throws ValueError for invalid options.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  checkOptions('earlyStopping', options, [...MONITOR_OPTIONS, 'patience', 'restoreBestWeights']);
  return new EarlyStopping(options);
}

/** The callback that `earlyStopping` returns. */
export class EarlyStopping extends Monitor {
  /** The epoch, from 0, after which training was stopped; undefined if it was not. */
  stoppedEpoch: number | undefined;
  /** The best epoch, from 0; undefined if no value was a number. */
  bestEpoch: number | undefined;
  private readonly patience: number;
  private readonly restores: boolean;
  private waited = 0;
  private weights: Tensor[] = [];

  /** @throws ValueError for invalid options. */
  constructor(options: EarlyStoppingOptions) {
    super(options);
    this.patience = checkedPatience(options.patience ?? 0);
    this.restores = options.restoreBestWeights ?? true;
  }

  /** Forgets an earlier training run. */
  override async onTrainBegin(): Promise<void> {
    await super.onTrainBegin();
    this.stoppedEpoch = undefined;
    this.bestEpoch = undefined;
    this.waited = 0;
    this.forgetWeights();
  }

  protected judged(epoch: number, isBetter: boolean): void {
    if (isBetter) {
      this.waited = 0;
      this.bestEpoch = epoch;
      if (this.restores) this.keepWeights();
    } else if (++this.waited >= this.patience) {
      this.stoppedEpoch = epoch;
      this.trained.stopTraining = true;
    }
  }

  private keepWeights(): void {
    this.forgetWeights();
    this.weights = this.trained.getWeights().map((weight) => tfc.keep(tfc.clone(weight)));
  }

  /** Gives the model the weights of its best epoch. */
  override async onTrainEnd(): Promise<void> {
    if (this.weights.length > 0) this.trained.setWeights(this.weights);
    this.forgetWeights();
  }

  private forgetWeights(): void {
    tfc.dispose(this.weights);
    this.weights = [];
  }
}
