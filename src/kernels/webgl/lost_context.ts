import type {DataId, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

interface TextureData {
  /** In memory, where there are any. */
  values?: unknown;
}

/** The part of tfjs's WebGL backend that is used here; its module is not imported. */
interface WebglBackend {
  gpgpu?: {gl: WebGLRenderingContext; itemsToPoll: unknown[]};
  texData: {get(dataId: DataId): TextureData};
  read(dataId: DataId): Promise<unknown>;
  readSync(dataId: DataId): unknown;
  runWebGLProgram(...args: unknown[]): TensorInfo;
}

// A kernel that nobody calls: its setup is, whenever the backend starts.
const GUARD = 'LongtailContext';

/**
 * Makes draw calls on a lost WebGL context an error, and reads of what was on the GPU: tfjs gives zeros where they are
 * synchronous, and never ends where they are not. Values that are in memory too are read as before. Idempotent, also for a
 * backend that is running.
 */
export function guardContext(): void {
  if (tfc.getKernel(GUARD, 'webgl')) return;
  const kernelFunc = () => [];
  const setupFunc = (backend: object) => guard(backend as WebglBackend);
  tfc.registerKernel({kernelName: GUARD, backendName: 'webgl', kernelFunc, setupFunc});
  const running = tfc.engine().registry.webgl;
  if (running) setupFunc(running);
}

function guard(webgl: WebglBackend): void {
  const {gpgpu, texData, read, readSync, runWebGLProgram} = webgl;
  // Another backend of that name.
  if (!gpgpu) return;
  const {gl} = gpgpu;
  const waiting = new Set<(error: Error) => void>();
  // For good: what a context held does not come back with it.
  let lost = false;
  gl.canvas.addEventListener('webglcontextlost', () => {
    lost = true;
    for (const reject of waiting) reject(lostContext());
    // tfjs would ask for ever whether the GPU has come this far.
    gpgpu.itemsToPoll = [];
  });
  const requireContext = (data?: TextureData) => {
    if (!lost && !gl.isContextLost()) return;
    // tfjs keeps what it has read, be it nothing.
    if (data) data.values = null;
    throw lostContext();
  };
  webgl.runWebGLProgram = (...args) => {
    requireContext();
    return runWebGLProgram.apply(webgl, args);
  };
  webgl.readSync = (dataId) => {
    const data = texData.get(dataId);
    if (data.values != null) return readSync.call(webgl, dataId);
    requireContext();
    const values = readSync.call(webgl, dataId);
    requireContext(data);
    return values;
  };
  webgl.read = async (dataId) => {
    const data = texData.get(dataId);
    if (data.values != null) return read.call(webgl, dataId);
    requireContext();
    const values = await new Promise((resolve, reject) => {
      waiting.add(reject);
      read
        .call(webgl, dataId)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
    requireContext(data);
    return values;
  };
}

const lostContext = () =>
  new Error(
    'The WebGL context was lost, and all values on the GPU with it. Load the saved model on a new backend: see ' +
      'docs/limits.md of tfjs-longtail.',
  );
