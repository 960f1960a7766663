import type * as tf from '@tensorflow/tfjs';

const TYPED_ARRAYS = ['Float32Array', 'Float64Array', 'Int32Array', 'Uint32Array', 'Uint8Array'] as const;

/**
 * Bytes of all typed arrays and WebAssembly memories that are made while `compute` runs. What is freed meanwhile counts
 * all the same: an upper bound of what is there at any time.
 */
export function bytesMadeInJavaScript(compute: () => void): number {
  const scope = globalThis as unknown as Record<string, new (...args: unknown[]) => Uint8Array>;
  const {Memory} = WebAssembly;
  const originals = TYPED_ARRAYS.map((name) => scope[name]);
  let bytes = 0;
  TYPED_ARRAYS.forEach((name, i) => {
    const original = originals[i];
    const counting = new Proxy(original, {
      construct(target, args, newTarget) {
        const array = Reflect.construct(target, args, newTarget);
        const isView = args[0] instanceof ArrayBuffer || args[0] instanceof SharedArrayBuffer;
        if (!isView) bytes += array.byteLength;
        return array;
      },
    });
    scope[name] = counting;
    // `slice`, `map` and their like make new arrays by the old one's constructor.
    original.prototype.constructor = counting;
  });
  WebAssembly.Memory = class extends Memory {
    constructor(limits: WebAssembly.MemoryDescriptor) {
      super(limits);
      bytes += this.buffer.byteLength;
    }
  };
  try {
    compute();
  } finally {
    TYPED_ARRAYS.forEach((name, i) => {
      scope[name] = originals[i];
      originals[i].prototype.constructor = originals[i];
    });
    WebAssembly.Memory = Memory;
  }
  return bytes;
}

interface WasmModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** The most bytes of the wasm backend's heap that are taken at one time, next to what was before `compute`. */
export function peakOfWasmHeap(backend: tf.KernelBackend, compute: () => void): number {
  const {wasm} = backend as unknown as {wasm: WasmModule};
  const {_malloc, _free} = wasm;
  const taken = new Map<number, number>();
  let live = 0;
  let peak = 0;
  wasm._malloc = (bytes) => {
    const address = _malloc(bytes);
    taken.set(address, bytes);
    live += bytes;
    peak = Math.max(peak, live);
    return address;
  };
  wasm._free = (address) => {
    live -= taken.get(address) ?? 0;
    taken.delete(address);
    _free(address);
  };
  try {
    compute();
  } finally {
    Object.assign(wasm, {_malloc, _free});
  }
  return peak;
}
