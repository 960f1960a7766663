import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {checkedPatience, MONITOR_OPTIONS, Monitor, type MonitorOptions} from './monitor';

/** When a training ends. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which it stops, as in TensorFlow.js; 0 is as 1. Default: 0. */
  patience?: number;
  /** Whether the model gets back the weights of its best epoch when training ends, stopped or not. Default: true. */
  restoreBestWeights?: boolean;
}

/**
 * Stops training when a value, of any loss or metric, does not improve any more, and gives the model the weights of its
 * best epoch, which `tf.callbacks.earlyStopping` cannot. It knows which way metrics of this package are better, and throws
 * where there is no such value.
 *
 * @example
 * ```ts
 * const few = new GroupAccuracy({group: 'few', freqInfo, bounds: QUANTILE_GROUPS});
 * model.compile({optimizer: 'adam', loss, metrics: [few]});
 * const stop = earlyStopping({monitor: 'val_few_accuracy', patience: 1});
 * await model.fit(xs, ys, {epochs: 3, verbose: 0, validationData: [xs, ys], callbacks: [stop]});
 * ```
 *
 * @returns A callback for `fit` and `fitDataset`; it may stand beside those of TensorFlow.js.
 * @throws ValueError for invalid options.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  checkOptions('earlyStopping', options, [...MONITOR_OPTIONS, 'patience', 'restoreBestWeights']);
  return new EarlyStopping(options);
}

/** What `earlyStopping` makes. */
export class EarlyStopping extends Monitor {
  /** The epoch, from 0, that training was stopped after; undefined where it was not. */
  stoppedEpoch: number | undefined;
  /** The best epoch, from 0; undefined where no value was a number. */
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

  /** Forgets a training before. */
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
