import * as tf from '@tensorflow/tfjs';

/** Runs as in a gradient, but without a tape, which tfjs does not free where something throws. */
export function inGradient<T>(run: () => T): T {
  const {state} = tf.engine();
  ++state.gradientDepth;
  ++state.kernelDepth;
  try {
    return run();
  } finally {
    --state.gradientDepth;
    --state.kernelDepth;
  }
}
