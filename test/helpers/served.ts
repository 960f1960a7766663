import * as tf from '@tensorflow/tfjs';

const seeded = (seed: number) => tf.initializers.randomNormal({seed, stddev: 1});

/** Models that end in 4 logits, by the layers at their end. */
export const endings: Record<string, (activation?: 'softmax' | 'sigmoid' | 'linear') => tf.LayersModel> = {
  'sequential, activation in the dense layer': (activation = 'linear') =>
    tf.sequential({
      layers: [
        tf.layers.dense({units: 6, inputShape: [3], activation: 'tanh', kernelInitializer: seeded(1)}),
        tf.layers.dense({units: 4, activation, kernelInitializer: seeded(2), biasInitializer: seeded(3)}),
      ],
    }),
  'sequential, without a bias, with an activation layer': (activation = 'linear') =>
    tf.sequential({
      layers: [
        tf.layers.dense({units: 4, inputShape: [3], useBias: false, kernelInitializer: seeded(2)}),
        tf.layers.activation({activation}),
      ],
    }),
  'functional, with an activation layer': (activation = 'linear') => {
    const [a, b] = [tf.input({shape: [3]}), tf.input({shape: [2]})];
    const both = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor;
    const logits = tf.layers
      .dense({units: 4, kernelInitializer: seeded(4), biasInitializer: seeded(5)})
      .apply(both);
    const outputs = tf.layers.activation({activation}).apply(logits) as tf.SymbolicTensor;
    return tf.model({inputs: [a, b], outputs});
  },
  'functional, on boxes': (activation = 'linear') => {
    const input = tf.input({shape: [7, 3]});
    const features = tf.layers
      .dense({units: 5, activation: 'relu', kernelInitializer: seeded(6)})
      .apply(input);
    const outputs = tf.layers
      .dense({units: 4, activation, kernelInitializer: seeded(7), useBias: false})
      .apply(features) as tf.SymbolicTensor;
    return tf.model({inputs: input, outputs});
  },
};

/** The same inputs every time. */
export function inputsOf(model: tf.LayersModel): tf.Tensor | tf.Tensor[] {
  const inputs = model.inputs.map(({shape}, i) =>
    tf.randomNormal([6, ...(shape.slice(1) as number[])], 0, 1, 'float32', 10 + i),
  );
  return inputs.length === 1 ? inputs[0] : inputs;
}

/** Predictions, as rows of 4. */
export function predictions(model: tf.LayersModel): number[] {
  return tf.tidy(() => Array.from((model.predict(inputsOf(model)) as tf.Tensor).dataSync()));
}

/** Saved, and loaded by tfjs. */
export async function served(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  });
  await model.save(handler);
  const {modelTopology, weightSpecs, weightData} = saved as unknown as tf.io.ModelArtifacts;
  return tf.loadLayersModel(tf.io.fromMemory({modelTopology, weightSpecs, weightData}));
}
