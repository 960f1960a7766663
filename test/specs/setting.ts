/** Which kernels the wasm backend has: this package's, or TensorFlow.js's own alone. */
export type Kernels = 'ours' | 'stock';

/** What a process that runs the specs is told. */
export interface Setting {
  kernels: Kernels;
  /** Where the backend's binaries are. */
  wasmPath: string;
  resultsFile: string;
}

/** What it writes. */
export interface SpecResults {
  passed: string[];
  /** Why each spec failed, by its name. */
  failed: Record<string, string>;
}
