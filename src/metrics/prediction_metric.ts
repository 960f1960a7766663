import type {serialization} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {type Constructor, classNameOf} from '../core/constructor';
import {reject} from '../core/errors';
import {Metric, type MetricContext} from '../core/metric';
import {checkedIgnoreLabel} from '../labels/ignored_rows';

/** What all metrics of this package take. */
export interface MetricOptions {
  /** Key in histories and logs. Default: the one that the metric's documentation says. */
  name?: string;
  /**
   * Whether yPred holds logits or probabilities; it makes a difference for a single class alone, which is predicted
   * above a logit of 0 or a probability of 0.5. Default: what the loss of the model takes, or logits.
   */
  fromLogits?: boolean;
  /**
   * The integer label of rows that do not count, such as 255 or −1. Default: that of the model's loss, or none.
   */
  ignoreLabel?: number;
}

/** Metrics that compare labels with the predicted classes: their common options, and how these are saved. */
export abstract class PredictionMetric extends Metric {
  /** Whether yPred holds logits, where that was said. */
  readonly fromLogits: boolean | undefined;
  /** The integer label of rows that do not count, where one was given. */
  readonly ignoreLabel: number | undefined;
  /** The name that it has where none was given: not saved. */
  private readonly unsavedName: string | undefined;

  /**
   * @param known Names of the options that a subclass has of its own.
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

  /** Whether yPred holds logits: as the option says, or else as the model's loss takes it. */
  protected takesLogits(context?: MetricContext): boolean {
    return this.fromLogits ?? context?.fromLogits ?? true;
  }

  /** The integer label of rows that do not count: as the option says, or else as the model's loss ignores. */
  protected ignored(context?: MetricContext): number | undefined {
    return this.ignoreLabel ?? context?.ignoreLabel;
  }

  /** The options that were given, and the name if it was assigned, as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {
      ...(this.name !== this.unsavedName && {name: this.name}),
      ...(this.fromLogits !== undefined && {from_logits: this.fromLogits}),
      ...(this.ignoreLabel !== undefined && {ignore_label: this.ignoreLabel}),
    };
  }

  /** The common options out of `getConfig()`'s form. */
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
