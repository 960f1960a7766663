import * as tf from '@tensorflow/tfjs';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type {BackendName} from '../protocol';

export interface Backends {
  /** `true`, or why the backend is not available. */
  available: Record<BackendName, string | true>;
  /** The initial choice. */
  preset: BackendName;
}

/** Finds the backends of this browser. A software GPU is slower than wasm, so it is not the preset. */
export async function findBackends(): Promise<Backends> {
  const adapter = await navigator.gpu?.requestAdapter();
  const webgl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const hardware =
    adapter != null && !adapter.info.isFallbackAdapter && !/swiftshader/i.test(adapter.info.architecture);
  return {
    available: {
      webgpu: adapter != null || 'this browser has no WebGPU',
      webgl: webgl != null || 'this browser has no WebGL 2',
      wasm: typeof WebAssembly === 'object' || 'this browser has no WebAssembly',
    },
    preset: hardware ? 'webgpu' : 'wasm',
  };
}

/** @throws Error when the backend does not start. */
export async function startBackend(name: BackendName): Promise<void> {
  if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  if (name !== 'wasm') await import('tfjs-longtail/kernels/gpu');
  else {
    const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm');
    await import('tfjs-longtail/kernels/wasm');
    if (tf.findBackend('wasm') == null) {
      setWasmPaths({
        'tfjs-backend-wasm.wasm': absolute(plain),
        'tfjs-backend-wasm-simd.wasm': absolute(simd),
        'tfjs-backend-wasm-threaded-simd.wasm': absolute(threaded),
      });
    }
  }
  if (!(await tf.setBackend(name))) throw new Error(`The ${name} backend does not start in this browser.`);
  await tf.ready();
}

function absolute(url: string): string {
  return new URL(url, self.location.href).href;
}
