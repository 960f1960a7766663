import * as tf from '@tensorflow/tfjs';
import {ClassFrequency, EqualizationLoss} from '../../src/index.node';

const CLASSES = 100;
const ROWS = 120;

/**
 * The names that an example may use without declaring them, new for each example: what its reader has already.
 * 100 classes with a long tail, background as label 100, four features.
 */
export function prelude() {
  const imageCounts = Array.from({length: CLASSES}, (_, j) => Math.floor(400 / (j + 1) ** 1.2));
  const labels = Array.from({length: ROWS}, (_, i) => (i % 3 === 0 ? CLASSES : (i * i) % CLASSES));
  const features = Array.from({length: ROWS}, (_, i) => [0, 1, 2, 3].map((k) => Math.sin(i * (k + 1))));
  const elements = labels.map((ys, i) => ({xs: features[i], ys}));
  const freqInfo = new ClassFrequency({imageCounts, numImages: 4000});
  return {
    /** Logits `[batch, 100]` of features `[batch, 4]`. Not compiled. */
    model: tf.sequential({layers: [tf.layers.dense({units: CLASSES, inputShape: [4]})]}),
    /** Elements `{xs: number[4], ys: 0 … 100}`. */
    trainDataset: tf.data.array(elements),
    /** Those of them that are no background. */
    trainImages: tf.data.array(elements.filter(({ys}) => ys < CLASSES)),
    /** `[120, 4]` */
    xs: tf.tensor2d(features),
    /** int32 `[120]` */
    ys: tf.tensor1d(labels, 'int32'),
    /** Of 4,000 images, from 400 down to 1. */
    freqInfo,
    /** A loss for `model`. */
    loss: new EqualizationLoss({lambda: 3e-3, freqInfo}),
  };
}

export type Prelude = ReturnType<typeof prelude>;
