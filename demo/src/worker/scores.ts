import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, ConfusionMatrix, frequencyGroups} from 'tfjs-longtail';
import type {Scores} from '../protocol';

const BATCH_SIZE = 512;

/**
 * Accuracy of `model` on test crops, overall and of each group's classes.
 *
 * @param xs `[samples, side, side, 1]`.
 * @param labels The class of each sample.
 */
export async function scoresOf(
  model: tf.LayersModel,
  xs: tf.Tensor,
  labels: Uint8Array,
  freqInfo: ClassFrequency,
): Promise<Scores> {
  const highest = tf.tidy(() => tf.argMax(model.predict(xs, {batchSize: BATCH_SIZE}) as tf.Tensor, 1));
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
