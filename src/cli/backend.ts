import {dirname, join} from 'node:path';
import * as tfc from '@tensorflow/tfjs-core';
import {CommandError} from './exit';

/** From the fastest to the one that always loads. */
export const BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;

/** A backend, as `--backend` has it. */
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
    // Not `require`: for that, esbuild wraps each module that this one needs into a function.
    await import('../kernels/wasm');
    return 'wasm';
  },
  cpu: () => {
    load('@tensorflow/tfjs-backend-cpu');
    return 'cpu';
  },
};

/**
 * Starts a backend: the one asked for, or with `'auto'` the first that is installed.
 *
 * @returns Its name.
 * @throws CommandError where it does not load.
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
