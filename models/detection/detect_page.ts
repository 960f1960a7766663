import * as tf from '@tensorflow/tfjs';
import {decodeBoxes, nonMaxSuppression} from '../../src/detection';
import {PAGE_HEIGHT, PAGE_WIDTH} from './data/grey_page';
import type {Method} from './methods';

/** What was found on a page, by descending score. */
export interface Found {
  /** `[n · 4]`: y1, x1, y2, x2 in pixels. */
  boxes: number[];
  labels: number[];
  scores: number[];
}

/** Logits `[n, outputs]` to scores `[n, C]`. */
export function scoresOf(logits: tf.Tensor2D, classes: number, scores: Method['scores']): tf.Tensor2D {
  return tf.tidy(() => {
    const own = tf.slice(logits, [0, 0], [-1, classes]);
    if (scores === 'sigmoid') return tf.sigmoid(own);
    if (scores === 'softmax') return tf.slice(tf.softmax(logits), [0, 0], [-1, classes]);
    const objectness = tf.softmax(tf.slice(logits, [0, classes], [-1, 2]));
    return tf.mul(tf.softmax(own), tf.slice(objectness, [0, 0], [-1, 1]));
  });
}

/** Finds characters among a page's proposals: scores them, refines the boxes, and keeps the best of overlapping ones. */
export async function detectPage(
  model: tf.LayersModel,
  scan: Float32Array,
  proposals: Float64Array,
  {classes, scores}: {classes: number; scores: Method['scores']},
): Promise<Found> {
  const [boxes, probabilities] = tf.tidy(() => {
    const given = tf.tensor2d(Float32Array.from(proposals), [proposals.length / 4, 4]);
    const image = tf.tensor4d(scan, [1, PAGE_HEIGHT, PAGE_WIDTH, 1]);
    const [logits, targets] = model.predict([image, tf.expandDims(given, 0)]) as tf.Tensor[];
    const found = decodeBoxes(tf.squeeze(targets, [0]), given);
    return [found, scoresOf(tf.squeeze(logits, [0]), classes, scores)];
  });
  const kept = await nonMaxSuppression(boxes, probabilities, {scoreThreshold: 0.01});
  const refined = boxes.dataSync();
  const found: Found = {
    boxes: Array.from(kept.indices.dataSync()).flatMap((row) => [...refined.subarray(4 * row, 4 * row + 4)]),
    labels: Array.from(kept.labels.dataSync()),
    scores: Array.from(kept.scores.dataSync()),
  };
  tf.dispose([boxes, probabilities, kept.indices, kept.labels, kept.scores]);
  return found;
}
