import * as tf from '@tensorflow/tfjs';

/** How many programs the backend runs in `fn`, those it adds by itself included. */
export function countDispatches(fn: () => void): number {
  const backend = tf.backend() as unknown as Record<string, (...args: unknown[]) => unknown>;
  const method = tf.getBackend() === 'webgl' ? 'runWebGLProgram' : 'runWebGPUProgram';
  const original = backend[method];
  let count = 0;
  backend[method] = (...args) => {
    ++count;
    return original.apply(backend, args);
  };
  try {
    fn();
  } finally {
    backend[method] = original;
  }
  return count;
}
