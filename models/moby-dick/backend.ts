import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** Ordered from the fastest to the one that always loads. */
export const BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;

export type Backend = (typeof BACKENDS)[number];

const LOAD: Record<Backend, () => Promise<void>> = {
  'tfjs-node-gpu': () => loadNative('@tensorflow/tfjs-node-gpu'),
  'tfjs-node': () => loadNative('@tensorflow/tfjs-node'),
  wasm: async () => {
    const {setWasmPaths} = require('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
    require('../../src/kernels/wasm');
    await use('wasm');
  },
  cpu: () => use('cpu'),
};

async function loadNative(name: string): Promise<void> {
  require(name);
  await use('tensorflow');
}

async function use(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`the ${name} backend did not start`);
  await tf.ready();
}

/**
 * Starts the requested backend, or with `'auto'` the first that loads.
 *
 * @returns Its name, and why each one before it was skipped.
 * @throws Error when the requested backend does not load.
 */
export async function startBackend(wanted: string): Promise<{backend: Backend; passedOver: string[]}> {
  tf.enableProdMode();
  const passedOver: string[] = [];
  for (const backend of wanted === 'auto' ? BACKENDS : [wanted as Backend]) {
    try {
      await LOAD[backend]();
      return {backend, passedOver};
    } catch (error) {
      const {code, message} = error as NodeJS.ErrnoException;
      const reason = code === 'MODULE_NOT_FOUND' ? 'not installed' : message.split('\n')[0];
      if (wanted !== 'auto') throw new Error(`The backend ${backend} does not load: ${reason}`);
      passedOver.push(`${backend}: ${reason}`);
    }
  }
  throw new Error(`No backend loads (${passedOver.join('; ')})`);
}
