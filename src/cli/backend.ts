import {dirname, join} from 'node:path';
import * as tfc from '@tensorflow/tfjs-core';
import {CommandError} from './exit';

/** Backends, from the fastest to the one that always loads. */
export const BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;

/** A backend's name, as given to `--backend`. */
export type Backend = (typeof BACKENDS)[number];

const load = (name: string): unknown => require(name);

const LOAD: Record<Backend, () => string | Promise<string>> = {
  'tfjs-node-gpu': () => {
    load('@tensorflow/tfjs-node-gpu');
    return 'tensorflow';
  },
  'tfjs-node': () => {
    load('@tensorflow/tfjs-node');
    return 'tensorflow';
  },
  wasm: async () => {
    const name = '@tensorflow/tfjs-backend-wasm';
    const {setWasmPaths} = load(name) as {setWasmPaths(folder: string): void};
    setWasmPaths(join(dirname(require.resolve(`${name}/package.json`)), 'dist/'));
    // Not `require`: with it, esbuild wraps every module this one needs in a function.
    await import('../kernels/wasm');
    return 'wasm';
  },
  cpu: () => {
    load('@tensorflow/tfjs-backend-cpu');
    return 'cpu';
  },
};

/**
 * Starts the given backend, or with `'auto'` the first one installed.
 *
 * @returns Its name.
 * @throws CommandError if it does not load.
 */
export async function startBackend(wanted: string): Promise<Backend> {
  tfc.enableProdMode();
  let reason = '';
  for (const backend of wanted === 'auto' ? BACKENDS : [wanted as Backend]) {
    try {
      const name = await LOAD[backend]();
      if (await tfc.setBackend(name)) {
        await tfc.ready();
        return backend;
      }
      reason = 'it did not start';
    } catch (error) {
      const {code, message} = error as NodeJS.ErrnoException;
      reason = code === 'MODULE_NOT_FOUND' ? 'not installed' : message.split('\n')[0];
    }
  }
  if (wanted !== 'auto') throw new CommandError(`The backend ${wanted} does not load: ${reason}`);
  throw new CommandError('Training and predicting need TensorFlow.js: npm install @tensorflow/tfjs');
}
