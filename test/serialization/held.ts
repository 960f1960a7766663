import * as tf from '@tensorflow/tfjs';

/** A model that contains another. */
export function build(): tf.LayersModel {
  const input = tf.input({shape: [3]});
  const inner = tf.sequential({layers: [tf.layers.dense({units: 4, inputShape: [3], name: 'inner'})]});
  const output = tf.layers.dense({units: 2, name: 'outer'}).apply(inner.apply(input)) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: output});
}

/** Counts what the engine holds. */
export const held = () => {
  const {numTensors, numDataBuffers} = tf.memory();
  const engine = tf.engine() as unknown as {
    state: {activeScope: unknown};
    registeredVariables: Record<string, tf.Variable>;
  };
  return {
    numTensors,
    numDataBuffers,
    variables: Object.keys(engine.registeredVariables).length,
    // An open scope would claim the caller's later tensors.
    scope: engine.state.activeScope,
  };
};
