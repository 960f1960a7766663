import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, frequencyGroups} from 'tfjs-longtail';
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
  const {names, groupOf} = frequencyGroups(freqInfo);
  const share = (belongs: (label: number) => boolean) => {
    let hits = 0;
    let support = 0;
    labels.forEach((label, row) => {
      if (!belongs(label)) return;
      support++;
      if (predicted[row] === label) hits++;
    });
    return hits / support;
  };
  const group = (name: string) => share((label) => names[groupOf[label]] === name);
  return {
    rare: group('rare'),
    common: group('common'),
    frequent: group('frequent'),
    overall: share(() => true),
  };
}
