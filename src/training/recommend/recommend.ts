import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {type FrequencyInfo, frequenciesOf} from '../../frequency';
import {checkedFrequencyInfo, classCounts} from '../../losses/base/class_counts';
import {adviseBinary} from './binary';
import {adviseClassification} from './classification';
import {adviseDetection} from './detection';
import type {Advice, Recommendation, Situation} from './recommendation';
import {adviseSeveralLabels} from './several_labels';
import {warningsAbout} from './warnings';

/** Facts about the data that frequencies do not reveal. */
export interface RecommendOptions {
  /** Whether training includes samples that hold none of the classes, as detectors' does. Default: false. */
  background?: boolean;
  /** Whether a sample may hold several classes. Default: false. */
  multiLabel?: boolean;
  /** How many batches will be trained, an integer ≥ 1. Losses that count during training are offered for long runs. */
  numTrainingSteps?: number;
}

/**
 * Recommends a loss, sampler and hyperparameters to start with, and why: conservative choices, each measured or
 * published, to be compared with others on validation data. `docs/choosing.md` gives the evidence.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [400, 240, 144, 86, 52, 31, 19, 11, 7, 4], numImages: 994});
 * const {loss, tau, warnings} = recommend(counts);
 * console.log(loss.getClassName(), tau); // → LogitAdjustedLoss 1
 * console.log(warnings.length); // → 1
 * ```
 *
 * @param freqInfo How often each class occurs. One class stands for a single logit, positive or negative.
 * @throws ValueError for invalid or unknown options, and if no class has images.
 */
export function recommend(freqInfo: FrequencyInfo, options: RecommendOptions = {}): Recommendation {
  checkOptions('recommend', options, ['background', 'multiLabel', 'numTrainingSteps']);
  const {background = false, multiLabel = false, numTrainingSteps} = options;
  for (const [name, value] of Object.entries({background, multiLabel})) {
    if (typeof value !== 'boolean') reject(name, 'true or false', value);
  }
  if (numTrainingSteps !== undefined) requireInteger('numTrainingSteps', numTrainingSteps, 1);
  const known = checkedFrequencyInfo(freqInfo);
  const counts = classCounts(known);
  const ratio = counts.reduce((a, b) => Math.max(a, b)) / counts.reduce((a, b) => Math.min(a, b));
  const advice = advise({freqInfo: known, counts, ratio, numTrainingSteps}, background, multiLabel);
  return {...advice, warnings: warningsAbout(known, advice.task)};
}

function advise(situation: Situation, background: boolean, multiLabel: boolean): Advice {
  if (situation.counts.length === 1) return adviseBinary(frequenciesOf(situation.freqInfo)[0]);
  if (multiLabel) return adviseSeveralLabels(situation);
  return background ? adviseDetection(situation) : adviseClassification(situation);
}
