import * as tf from '@tensorflow/tfjs';

/** A model with another one inside. */
export function build(): tf.LayersModel {
  const input = tf.input({shape: [3]});
  const inner = tf.sequential({layers: [tf.layers.dense({units: 4, inputShape: [3], name: 'inner'})]});
  const output = tf.layers.dense({units: 2, name: 'outer'}).apply(inner.apply(input)) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: output});
}

/** What the engine holds. */
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
    // Where a scope stays open, tensors that are made later are not those of the caller's.
    scope: engine.state.activeScope,
  };
};
