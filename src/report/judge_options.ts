import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {type FrequencyInfo, frequencyGroups, type GroupBounds} from '../frequency';
import {distinctNames} from '../labels/class_names';
import {checkedIgnoreLabel} from '../labels/ignored_rows';

/** Options for reading predictions and labels. */
export interface JudgeOptions {
  /**
   * Whether models output logits or probabilities. Default: as a LayersModel's loss expects, else as its last layer
   * implies.
   */
  fromLogits?: boolean;
  /** Integer label of samples to ignore. Default: that of a LayersModel's loss. */
  ignoreLabel?: number;
  /**
   * Index of the output to judge, if there are several. Labels may be an array or a dictionary by output. Default: 0.
   */
  output?: number;
  /**
   * Names of the classes, in index order; with one logit, of negatives and positives. Labels may then be string
   * tensors. Default: those of freqInfo, if given.
   */
  classNames?: readonly string[];
}

const JUDGE_OPTIONS = ['fromLogits', 'ignoreLabel', 'output', 'classNames'] as const;

/**
 * Checks options before a model predicts.
 *
 * @param of The function that takes them, for messages.
 * @param more Names of its other options.
 * @throws ValueError for unknown options, invalid common ones, and groups without counts.
 */
export function checkJudgeOptions(
  of: string,
  options: JudgeOptions & {freqInfo?: FrequencyInfo; bounds?: GroupBounds},
  more: readonly string[],
): void {
  checkOptions(of, options, [...JUDGE_OPTIONS, ...more]);
  const {fromLogits, ignoreLabel, output, classNames, freqInfo, bounds} = options;
  if (fromLogits !== undefined && typeof fromLogits !== 'boolean') {
    reject('fromLogits', 'true or false', fromLogits);
  }
  checkedIgnoreLabel(ignoreLabel);
  if (output !== undefined) requireInteger('output', output, 0);
  if (classNames !== undefined) distinctNames(classNames);
  if (freqInfo !== undefined) frequencyGroups(freqInfo, bounds);
  else if (bounds !== undefined) reject('bounds', 'given with `freqInfo`, whose classes they group', bounds);
}
