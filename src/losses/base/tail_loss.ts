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

/** Options common to the losses of the equalization family. */
export interface TailLossOptions extends RowLossOptions {
  /**
   * λ ≥ 0, a share of images: a class is spared if f_j < λ (strictly). Required by the step threshold; the smooth ones
   * do not use it.
   */
  lambda?: number;
  /** f_j of each class; a live `ClassFrequencyCounter` is read at every call. */
  freqInfo: FrequencyInfo;
  /** T(f). Default: `'step'`, the paper's T_λ. */
  threshold?: Threshold;
  /** γ in 0 … 1: how often a class below λ is spared, per sample and class (β of eq. 11 is Bernoulli(γ)). */
  gamma?: number;
  /** Integer seed of the draws of β. Default: a random one, which is saved with the model. */
  seed?: number;
}

/** Losses that spare the classes below λ: options and their checks, T_λ(f) and β, and the configuration. */
export abstract class TailLoss extends RowLoss {
  /** λ, if given. */
  readonly lambda: number | undefined;
  /** The source of f_j. A plain array was copied. */
  readonly freqInfo: FrequencyInfo;
  /** T(f). */
  readonly threshold: Threshold;
  /** γ. */
  readonly gamma: number;
  /** The seed of the draws of β. */
  readonly seed: number;
  private knownTail?: Float64Array;
  private readonly sparesNone?: SparesNoneWarning;
  /** Number of training batches so far, on which the draws of β depend. */
  protected step = 0;

  /**
   * @param more Names of the options that a subclass adds.
   * @param hints What to say about unknown options; see `checkOptions`.
   */
  protected constructor(
    options: TailLossOptions,
    defaultGamma: number,
    more: readonly string[] = [],
    hints: Readonly<Record<string, string>> = {},
  ) {
    super(options);
    const given = options ?? {};
    checkOptions(this.getClassName(), given, [...OPTIONS, ...more], hints);
    const {lambda, freqInfo, threshold = 'step', gamma = defaultGamma, seed = randomSeed()} = given;
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
    // Copy a plain array: changing it later must not change the loss.
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
   * The present T_λ(f_j) of each class, float64 `[numClasses]` in 0 … 1.
   * @throws ValueError for a counter that has counted nothing yet.
   */
  tailWeights(): Float64Array {
    return this.tail().slice();
  }

  // Return the same array while nothing changes: kernels cache what they derive or upload from it.
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
   * @param betaInEvaluation β when nothing is drawn.
   * @throws ValueError if freqInfo and the predictions differ in their number of classes.
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

  /** Advances the stream of draws. Call it last: a rejected batch must leave no trace. */
  protected advance({beta}: Suppression): void {
    if (typeof beta !== 'number') ++this.step;
  }

  /** The position in the stream of draws, as plain JSON. */
  override getState(): serialization.ConfigDict {
    return {step: this.step};
  }

  /**
   * Continues the stream of draws where `getState` was called.
   *
   * @throws ValueError for a step that is not an integer ≥ 0.
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
   * Rejects a saved configuration with keys unknown to this version, as a later one may have written it. A user's
   * subclass may write any keys.
   *
   * @throws ValueError naming the key, or `config` if it is not an object.
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

  /** Restores the options from `getConfig()`'s form. */
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

  /** Restores the position of `loss` in its stream of draws, which version 0.1 wrote in the configuration. */
  protected static resume<T>(loss: T, {step = 0}: Record<string, unknown>): T {
    requireInteger('step', step, 0);
    if (loss instanceof TailLoss) loss.setState({step});
    return loss;
  }
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
