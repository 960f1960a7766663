import * as tf from '@tensorflow/tfjs';
import {getThreadsCount, setThreadsCount, setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import '../../../src';
import '../../../src/kernels/wasm';
import {removeLossKernels} from './loss_kernels';

/** What a page runs on. */
export interface PageSetting {
  backend: 'cpu' | 'wasm' | 'webgl' | 'webgpu';
  /** Threads of the wasm backend; more than 1 need a cross-origin isolated page. */
  threads: number;
  /** Whether the losses' kernels are taken away, which leaves the losses out of tfjs ops. */
  composed: boolean;
  /** Set in tfjs's environment before the backend starts. */
  flags: Record<string, boolean | number>;
}

/** Makes a backend the current one in this page, wasm with this package's training kernels. */
export async function startBackend({backend, threads, composed, flags}: PageSetting): Promise<void> {
  for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
  if (backend === 'wasm') {
    setWasmPaths('/');
    // tfjs takes half of the cores at most, whatever it is told: on small machines the page is shown more.
    if (threads > 1) Object.defineProperty(navigator, 'hardwareConcurrency', {value: 2 * threads});
    setThreadsCount(threads);
  }
  const started = await tf.setBackend(backend);
  if (!started) throw new Error(`The ${backend} backend did not start in this browser.`);
  await tf.ready();
  if (composed) removeLossKernels(backend);
  if (backend === 'wasm' && getThreadsCount() !== threads) {
    throw new Error(`The wasm backend runs on ${getThreadsCount()} threads instead of ${threads}.`);
  }
}
