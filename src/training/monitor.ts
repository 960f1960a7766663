import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel, Logs} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {reject, ValueError} from '../core/errors';
import {requireInteger} from '../core/require_integer';

/** Which value decides, and in which direction it improves. */
export interface MonitorOptions {
  /** A name in the history: `'val_loss'`, `'val_few_accuracy'`, `'val_f1'`. Default: `'val_loss'`. */
  monitor?: string;
  /**
   * Whether lower or higher is better. Default: `'min'` for losses and errors, `'max'` for this package's metrics and
   * accuracies; required for other names.
   */
  mode?: 'min' | 'max';
  /** Changes of at most this much do not count as an improvement. Default: 0. */
  minDelta?: number;
}

/** Names of the options. */
export const MONITOR_OPTIONS = ['monitor', 'mode', 'minDelta'] as const;

const SMALLER = /loss|error|mse|mae|mape|entropy/i;
const LARGER = /acc|precision|recall|f1|roc|auc|correlation|map$/i;

/**
 * Compares the epochs of a training run by one value.
 *
 * NaN, for example of a group without samples, is worse than any number.
 */
export abstract class Monitor extends tfl.Callback {
  /** The name of the monitored value. */
  readonly monitor: string;
  private readonly sign: 1 | -1;
  private readonly minDelta: number;
  private best = Number.NaN;

  /**
   * @throws ValueError for invalid options, and for a name that does not imply which direction is better.
   */
  constructor(options: MonitorOptions) {
    super();
    if (typeof options !== 'object' || options === null) reject('options', 'an object', options);
    const {monitor = 'val_loss', mode, minDelta = 0} = options;
    if (typeof monitor !== 'string' || monitor === '') reject('monitor', 'a name in the history', monitor);
    if (mode !== undefined && mode !== 'min' && mode !== 'max') reject('mode', "'min' or 'max'", mode);
    if (!(minDelta >= 0)) reject('minDelta', 'a number ≥ 0', minDelta);
    this.monitor = monitor;
    this.sign = (mode ?? modeOf(monitor)) === 'max' ? 1 : -1;
    this.minDelta = minDelta;
  }

  /** The best value so far; NaN if there is none. */
  get bestValue(): number {
    return this.best;
  }

  /** Called after each epoch. */
  protected abstract judged(epoch: number, isBetter: boolean): void | Promise<void>;

  /** Forgets an earlier training run. */
  override async onTrainBegin(): Promise<void> {
    this.best = Number.NaN;
  }

  /** Compares the epoch. @throws ValueError if the monitored value does not exist. */
  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    const value = await this.valueIn(logs);
    const isBetter =
      !Number.isNaN(value) && (Number.isNaN(this.best) || this.sign * (value - this.best) > this.minDelta);
    if (isBetter) this.best = value;
    await this.judged(epoch, isBetter);
  }

  /** The model in training. */
  protected get trained(): LayersModel {
    return this.model as LayersModel;
  }

  private async valueIn(logs: Logs): Promise<number> {
    // The logs of fit hold tensors, which tfjs's type omits.
    const value = logs[this.monitor] as number | Tensor | undefined;
    if (value === undefined) {
      const names = Object.keys(logs).filter((name) => name !== 'batch' && name !== 'size');
      throw new ValueError(
        `Expected \`monitor\` to be a name in the history (${names.join(', ')}). Received: "${this.monitor}"`,
      );
    }
    return typeof value === 'number' ? value : (await value.data())[0];
  }
}

function modeOf(monitor: string): 'min' | 'max' {
  if (SMALLER.test(monitor)) return 'min';
  return LARGER.test(monitor)
    ? 'max'
    : reject('mode', `'min' or 'max', as '${monitor}' does not say it`, undefined);
}

/**
 * @throws ValueError unless it is an integer ≥ 0.
 */
export function checkedPatience(patience: number): number {
  return requireInteger('patience', patience, 0);
}
