import type {serialization} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {type Constructor, classNameOf} from '../core/constructor';
import {reject} from '../core/errors';
import {Metric, type MetricContext} from '../core/metric';
import {checkedIgnoreLabel} from '../labels/ignored_rows';

/** Options common to all metrics of this package. */
export interface MetricOptions {
  /** Key in histories and logs. Default: the one in the metric's documentation. */
  name?: string;
  /**
   * Whether yPred holds logits or probabilities; it matters only for a single class, which is predicted above a logit
   * of 0 or a probability of 0.5. Default: whatever the model's loss expects, or logits.
   */
  fromLogits?: boolean;
  /**
   * The integer label of rows that do not count, such as 255 or −1. Default: that of the model's loss, or none.
   */
  ignoreLabel?: number;
}

/** Metrics that compare labels with the predicted classes: their common options, and how these are saved. */
export abstract class PredictionMetric extends Metric {
  /** Whether yPred holds logits, if given. */
  readonly fromLogits: boolean | undefined;
  /** The integer label of rows that do not count, if given. */
  readonly ignoreLabel: number | undefined;
  /** Its name by default, which is not saved. */
  private readonly unsavedName: string | undefined;

  /**
   * @param known Names of the options that a subclass adds.
   * @throws ValueError for an unknown option, and for a `name`, `fromLogits` or `ignoreLabel` of another type.
   */
  protected constructor(defaultName: string, options: MetricOptions, known: readonly string[] = []) {
    checkOptions(classNameOf(new.target), options, [...known, 'name', 'fromLogits', 'ignoreLabel']);
    const {name, fromLogits} = options;
    if (name !== undefined && (typeof name !== 'string' || name === '')) {
      reject('name', 'a non-empty string', name);
    }
    if (fromLogits !== undefined && typeof fromLogits !== 'boolean') {
      reject('fromLogits', 'true or false', fromLogits);
    }
    super(name ?? defaultName);
    this.unsavedName = name === undefined ? defaultName : undefined;
    this.fromLogits = fromLogits;
    this.ignoreLabel = checkedIgnoreLabel(options.ignoreLabel);
  }

  /** Whether yPred holds logits: by the option, or else as the model's loss expects. */
  protected takesLogits(context?: MetricContext): boolean {
    return this.fromLogits ?? context?.fromLogits ?? true;
  }

  /** The integer label of rows that do not count: by the option, or else the one that the model's loss ignores. */
  protected ignored(context?: MetricContext): number | undefined {
    return this.ignoreLabel ?? context?.ignoreLabel;
  }

  /** The given options, and the name if it was assigned, as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {
      ...(this.name !== this.unsavedName && {name: this.name}),
      ...(this.fromLogits !== undefined && {from_logits: this.fromLogits}),
      ...(this.ignoreLabel !== undefined && {ignore_label: this.ignoreLabel}),
    };
  }

  /** Restores the common options from `getConfig()`'s form. */
  protected static optionsFrom(config: Record<string, unknown>): MetricOptions {
    return {
      name: config.name as string | undefined,
      fromLogits: config.from_logits as boolean | undefined,
      ignoreLabel: config.ignore_label as number | undefined,
    };
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls(PredictionMetric.optionsFrom(config));
  }
}
