import type {serialization} from '@tensorflow/tfjs-core';
import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {
  ClassFrequencyCounter,
  deserializeFrequencyInfo,
  type FrequencyInfo,
  type FrequencyInfoJSON,
  frequenciesOf,
  isCounted,
  serializeFrequencyInfo,
} from '../../frequency';
import {drawsOf} from '../../kernels/losses/draws';
import type {Suppression} from '../../kernels/losses/suppression';
import type {Labels} from '../../labels/labels';
import {RowLoss, type RowLossOptions} from './row_loss';
import {SparesNoneWarning} from './spares_none_warning';
import {checkedThreshold, type Threshold, weightsOf} from './threshold';

const OPTIONS = ['lambda', 'freqInfo', 'threshold', 'gamma', 'seed', 'ignoreLabel'];
const CONFIG_KEYS = ['lambda', 'freq_info', 'threshold', 'gamma', 'seed', 'step', 'ignore_label'];

/** What the losses of the equalization family have in common. */
export interface TailLossOptions extends RowLossOptions {
  /** λ ≥ 0, a share of images: a class is spared where f_j < λ (strictly). Needed by the step threshold; the smooth ones do not use it. */
  lambda?: number;
  /** f_j of each class; a live `ClassFrequencyCounter` is asked anew at every call. */
  freqInfo: FrequencyInfo;
  /** T(f). Default: `'step'`, the paper's T_λ. */
  threshold?: Threshold;
  /** γ in 0 … 1: how often a class below λ is spared, for each sample and class (β of eq. 11 is Bernoulli(γ)). */
  gamma?: number;
  /** Integer from which the draws of β come. Default: a random one, which is saved with the model. */
  seed?: number;
}

/** Losses that spare the classes below λ: options, their checks, T_λ(f) and β, and the configuration. */
export abstract class TailLoss extends RowLoss {
  /** λ, where it was given. */
  readonly lambda: number | undefined;
  /** Where f_j comes from. A plain array was copied. */
  readonly freqInfo: FrequencyInfo;
  /** T(f). */
  readonly threshold: Threshold;
  /** γ. */
  readonly gamma: number;
  /** What the draws of β come from. */
  readonly seed: number;
  private knownTail?: Float64Array;
  private readonly sparesNone?: SparesNoneWarning;
  /** Training batches seen so far, on which the draws of β depend. */
  protected step = 0;

  /**
   * @param more Names of the options that a subclass adds.
   * @param hints What to say of unknown options; see `checkOptions`.
   */
  protected constructor(
    options: TailLossOptions,
    defaultGamma: number,
    more: readonly string[] = [],
    hints: Readonly<Record<string, string>> = {},
  ) {
    super(options ?? {});
    checkOptions(this.getClassName(), options ?? {}, [...OPTIONS, ...more], hints);
    const {lambda, freqInfo, threshold = 'step', gamma = defaultGamma, seed = randomSeed()} = options ?? {};
    this.threshold = checkedThreshold(threshold);
    if (!(lambda === undefined ? threshold !== 'step' : Number.isFinite(lambda) && lambda >= 0)) {
      reject('lambda', 'a finite number ≥ 0', lambda);
    }
    const isArray = Array.isArray(freqInfo) || ArrayBuffer.isView(freqInfo);
    if (!isArray && !isCounted(freqInfo)) {
      reject('freqInfo', 'a ClassFrequency, a ClassFrequencyCounter or an array of f_j', freqInfo);
    }
    if (!(typeof gamma === 'number' && gamma >= 0 && gamma <= 1)) reject('gamma', 'a number in 0 … 1', gamma);
    if (!Number.isSafeInteger(seed)) reject('seed', 'an integer', seed);
    // Copy a plain array: what the caller does to it later must not change the loss.
    this.freqInfo = isArray ? frequenciesOf(freqInfo) : freqInfo;
    this.lambda = lambda;
    this.gamma = gamma;
    this.seed = seed;
    const isMeant = gamma === 0 || (threshold === 'step' && lambda === 0);
    if (isMeant) return;
    const used = threshold === 'step' ? lambda : undefined;
    this.sparesNone = new SparesNoneWarning(this.getClassName(), this.freqInfo, used);
    if (!(freqInfo instanceof ClassFrequencyCounter)) this.sparesNone.observe(this.tail());
  }

  /**
   * T_λ(f_j) of each class as of now, float64 `[numClasses]` in 0 … 1.
   * @throws ValueError for a counter that has counted nothing yet.
   */
  tailWeights(): Float64Array {
    return this.tail().slice();
  }

  // Return the same array while nothing changes: kernels keep what they derived or uploaded from it.
  private tail(): Float64Array {
    const live = this.freqInfo instanceof ClassFrequencyCounter;
    if (this.knownTail == null || live) {
      this.knownTail = weightsOf(frequenciesOf(this.freqInfo), this.lambda ?? 0, this.threshold);
    }
    return this.knownTail;
  }

  /**
   * T_λ(f) and β for one batch.
   *
   * @param betaInEvaluation What stands for β where nothing is drawn.
   * @throws ValueError when freqInfo is not about as many classes as the predictions.
   */
  protected suppression({classes}: Labels, training: boolean, betaInEvaluation: number): Suppression {
    const tail = this.tail();
    if (tail.length !== classes) {
      reject('freqInfo', `about ${classes} classes, the last dimension of yPred`, tail.length);
    }
    if (!training) return {tail, beta: betaInEvaluation};
    this.sparesNone?.observe(tail);
    if (this.gamma === 0 || this.gamma === 1) return {tail, beta: this.gamma};
    return {tail, beta: drawsOf(this.gamma, this.seed, this.step)};
  }

  /** Moves on in the stream of draws. Call it last: a batch that is rejected must leave no trace. */
  protected advance({beta}: Suppression): void {
    if (typeof beta !== 'number') ++this.step;
  }

  /** Progress in the stream of draws, as plain JSON. */
  override getState(): serialization.ConfigDict {
    return {step: this.step};
  }

  /**
   * Goes on in the stream of draws where `getState` was.
   *
   * @throws ValueError for a step that is no integer ≥ 0.
   */
  override setState({step}: Record<string, unknown>): void {
    this.step = requireInteger('state.step', step, 0);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {
      ...this.rowConfig(),
      lambda: this.lambda ?? null,
      freq_info: serializeFrequencyInfo(this.freqInfo) as serialization.ConfigDictValue,
      threshold: this.threshold as serialization.ConfigDictValue,
      gamma: this.gamma,
      seed: this.seed,
    };
  }

  /**
   * Refuses a saved configuration that holds more than this version knows: a later one may have written it. A user's
   * subclass may write what it likes.
   *
   * @throws ValueError naming the key, or `config` where it is no object.
   */
  protected static checkConfig(
    own: {className: string},
    cls: unknown,
    config: object,
    more: readonly string[] = [],
  ): void {
    if (typeof config !== 'object' || config === null) {
      reject('config', `an object, the configuration of a saved ${own.className}`, config);
    }
    if (cls === own) checkOptions(`a saved ${own.className}`, config, [...CONFIG_KEYS, ...more]);
  }

  /** Options out of `getConfig()`'s form. */
  protected static override optionsFrom(config: Record<string, unknown>): TailLossOptions {
    return {
      ...RowLoss.optionsFrom(config),
      lambda: (config.lambda as number | null) ?? undefined,
      freqInfo: deserializeFrequencyInfo(config.freq_info as FrequencyInfoJSON),
      threshold: config.threshold as Threshold | undefined,
      gamma: config.gamma as number | undefined,
      seed: config.seed as number | undefined,
    };
  }

  /** Brings `loss` to where it was in its stream of draws, which version 0.1 wrote in the configuration. */
  protected static resume<T>(loss: T, {step = 0}: Record<string, unknown>): T {
    requireInteger('step', step, 0);
    if (loss instanceof TailLoss) loss.setState({step});
    return loss;
  }
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
