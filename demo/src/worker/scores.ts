import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, ConfusionMatrix, frequencyGroups} from 'tfjs-longtail';
import type {Scores} from '../protocol';

/**
 * Computes accuracy on test crops, overall and for each group's classes.
 *
 * @param logits `[samples, C]`; disposed of.
 * @param labels The class of each sample.
 */
export async function scoresOf(
  logits: tf.Tensor,
  labels: Uint8Array,
  freqInfo: ClassFrequency,
): Promise<Scores> {
  const highest = tf.argMax(logits, 1);
  logits.dispose();
  const predicted = await highest.data();
  highest.dispose();
  const matrix = new ConfusionMatrix(freqInfo.numClasses).add(labels, predicted);
  const {rare, common, frequent} = frequencyGroups(freqInfo).classes;
  return {
    rare: matrix.accuracyOf(rare),
    common: matrix.accuracyOf(common),
    frequent: matrix.accuracyOf(frequent),
    overall: matrix.accuracy,
  };
}
