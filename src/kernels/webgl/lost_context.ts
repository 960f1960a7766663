import type {DataId, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

interface TextureData {
  /** The values in memory, if any. */
  values?: unknown;
}

/** The part of tfjs's WebGL backend used here; its module is not imported. */
interface WebglBackend {
  gpgpu?: {gl: WebGLRenderingContext; itemsToPoll: unknown[]};
  texData: {get(dataId: DataId): TextureData};
  read(dataId: DataId): Promise<unknown>;
  readSync(dataId: DataId): unknown;
  runWebGLProgram(...args: unknown[]): TensorInfo;
}

// A kernel that nobody calls; only its setup runs, whenever the backend starts.
const GUARD = 'LongtailContext';

/**
 * Turns draw calls on a lost WebGL context, and reads of data on the GPU, into errors: in tfjs, synchronous reads give
 * zeros, and asynchronous ones never end. Values that are also in memory are read as before. Idempotent, also for a
 * running backend.
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
  // Some other backend of that name.
  if (!gpgpu) return;
  const {gl} = gpgpu;
  const waiting = new Set<(error: Error) => void>();
  // Permanent: a restored context does not bring back its contents.
  let lost = false;
  gl.canvas.addEventListener('webglcontextlost', () => {
    lost = true;
    for (const reject of waiting) reject(lostContext());
    // Otherwise tfjs polls forever for the GPU to finish.
    gpgpu.itemsToPoll = [];
  });
  const requireContext = (data?: TextureData) => {
    if (!lost && !gl.isContextLost()) return;
    // tfjs caches what it has read, even if that is nothing.
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
