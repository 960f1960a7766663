import * as tf from '@tensorflow/tfjs';
import {getThreadsCount, setThreadsCount, setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import '../../../src';
import '../../../src/kernels/wasm';
import {checks, type PageSetting} from './check';

declare global {
  interface Window {
    /** Called by the runner in Node. */
    runChecks(setting: PageSetting): Promise<void>;
    /** Given by the runner: the outcome of one check, `failure` empty where it passed. */
    reportCheck(name: string, failure: string): Promise<void>;
  }
}

window.runChecks = async (setting) => {
  await start(setting);
  for (const {name, fn} of checks) {
    let failure = '';
    try {
      await fn(setting);
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    await window.reportCheck(name, failure);
  }
  // Time for the rejections that nobody handled to be reported.
  await new Promise((resolve) => setTimeout(resolve, 20));
};

async function start({backend, threads}: PageSetting): Promise<void> {
  if (backend === 'wasm') {
    setWasmPaths('/');
    // tfjs takes half of the cores at most, whatever it is told: on small machines the page is shown more.
    if (threads > 1) Object.defineProperty(navigator, 'hardwareConcurrency', {value: 2 * threads});
    setThreadsCount(threads);
  }
  // tf.setBackend alone falls back on nothing, but it says no more than `false` when a backend does not start.
  const started = await tf.setBackend(backend);
  if (!started) throw new Error(`The ${backend} backend did not start in this browser.`);
  await tf.ready();
  if (backend === 'wasm' && getThreadsCount() !== threads) {
    throw new Error(`The wasm backend runs on ${getThreadsCount()} threads instead of ${threads}.`);
  }
}
