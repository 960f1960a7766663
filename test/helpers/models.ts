import * as tf from '@tensorflow/tfjs';
import {ClassFrequency} from '../../src';

export const CLASSES = 5;

/** 5 classes in 200 images: two frequent or common by LVIS's bounds, two rare. */
export const freqInfo = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200});

/** 4 features, 8 hidden units, 5 logits; the same weights every time. */
export function smallModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({units: 8, inputShape: [4], activation: 'tanh', kernelInitializer: seeded(1)}),
      tf.layers.dense({units: CLASSES, kernelInitializer: seeded(2), name: 'logits'}),
    ],
  });
}

/** The same features for two heads of 5 logits, `a` and `b`. */
export function twoHeads(): tf.LayersModel {
  const input = tf.input({shape: [4]});
  const head = (name: string, seed: number) =>
    tf.layers
      .dense({units: CLASSES, kernelInitializer: seeded(seed), name})
      .apply(input) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: [head('a', 3), head('b', 4)]});
}

/** Features and integer labels in 0 … 5 (5 = background), the same every time. */
export function smallData(rows = 50): {xs: tf.Tensor2D; ys: tf.Tensor1D} {
  const labels = Array.from({length: rows}, (_, i) => (i * 7) % (CLASSES + 1));
  return {xs: tf.randomNormal([rows, 4], 0, 1, 'float32', 3), ys: tf.tensor1d(labels, 'int32')};
}

export async function savedArtifacts(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (saved) => {
    artifacts = saved;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  });
  await model.save(handler, {includeOptimizer: true});
  // What any real handler does to what is JSON.
  const {weightData, ...json} = artifacts as tf.io.ModelArtifacts;
  return {...JSON.parse(JSON.stringify(json)), weightData};
}

/** Where saved artifacts, or a model.json, hold the training configuration of a model with objects of ours. */
export function trainingConfigOf({userDefinedMetadata}: {userDefinedMetadata?: object}) {
  return (userDefinedMetadata as Record<string, {loss: unknown; metrics: unknown}>)['tfjs-longtail'];
}

/** Saved and loaded, through memory. */
export async function reload(model: tf.LayersModel): Promise<tf.LayersModel> {
  return tf.loadLayersModel(tf.io.fromMemory(await savedArtifacts(model)));
}

export function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => Array.from(weight.dataSync()));
}

function seeded(seed: number) {
  return tf.initializers.glorotUniform({seed});
}
