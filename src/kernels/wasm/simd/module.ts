import {decode} from '../../decode';
import type {BackendWasm} from '../kernel';
import {memoryOf} from '../memory';
import {BINARY, LIMITS_AT} from './binary';

/** The functions of assembly; all parameters but counts, modes and numbers are addresses and strides in bytes. */
export interface SimdModule {
  panels(b: number, step: number, columnStep: number, depth: number, columns: number, out: number): void;
  multiply(
    a: number,
    rowStep: number,
    step: number,
    rows: number,
    depth: number,
    panels: number,
    columns: number,
    c: number,
    mode: number,
    bias: number,
    scratch: number,
  ): void;
  convolve(
    x: number,
    geometry: number,
    outputs: number,
    filter: number,
    outChannels: number,
    y: number,
    mode: number,
    bias: number,
    scratch: number,
    atOnce: number,
  ): void;
  convolveFilterGradient(
    x: number,
    geometry: number,
    outputs: number,
    dy: number,
    outChannels: number,
    dw: number,
    scratch: number,
    atOnce: number,
  ): void;
  convolveInputGradient(
    dy: number,
    geometry: number,
    outputs: number,
    filter: number,
    outChannels: number,
    dx: number,
    scratch: number,
    atOnce: number,
  ): void;
  reluGradient(dy: number, x: number, out: number, count: number, cap: number): void;
  clipGradient(dy: number, x: number, out: number, count: number, low: number, high: number): void;
  normalize(
    x: number,
    mean: number,
    factor: number,
    offset: number,
    rows: number,
    channels: number,
    out: number,
  ): void;
  /** `[dy, x, mean, sum, centered, rows, channels]`. */
  batchNormSums(...parameters: number[]): void;
  /**
   * `[x, dy, sums, dw, batch, height, width, channels, outHeight, outWidth, filterHeight, filterWidth, strideHeight,
   * strideWidth]`.
   */
  depthwiseFilterGradient(...parameters: number[]): void;
  addToRows(x: number, bias: number, rows: number, columns: number, out: number): void;
  columnSums(x: number, rows: number, columns: number, out: number, divisor: number): void;
  /** `[w, m, v, g, w', m', v', count, β₁, 1 − β₁, β₂, 1 − β₂, c₁, c₂, ε, −rate]`. */
  adam(...parameters: number[]): void;
  /** `[w, g, w', count, −rate]`. */
  descend(...parameters: number[]): void;
  /** `[w, a, g, w', a', count, μ, −rate, whether by Nesterov]`. */
  momentum(...parameters: number[]): void;
  /** `[w, s, a, g, w', s', a', count, ρ, 1 − ρ, μ, ε, rate]`. */
  rmsProp(...parameters: number[]): void;
}

/** BIAS of assembly/tiles.ts. */
export const WITH_BIAS = 2;
/** DEPTH · ROWS of assembly/products.ts. */
export const PACKED_FLOATS = 256 * 64;

const PLAIN = 1;
const SHARED = 3;

const compiled = new Map<number, WebAssembly.Module | null>();
const instances = new WeakMap<WebAssembly.Memory, SimdModule>();

const isShared = ({buffer}: WebAssembly.Memory) =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;

/** Instantiates the module over tfjs's memory. Null if the engine has no SIMD. */
export function simdModule(backend: BackendWasm): SimdModule | null {
  const memory = memoryOf(backend);
  let instance = instances.get(memory);
  if (instance == null) {
    const module = compile(isShared(memory) ? SHARED : PLAIN);
    if (module == null) return null;
    instance = new WebAssembly.Instance(module, {env: {memory}}).exports as SimdModule & WebAssembly.Exports;
    instances.set(memory, instance);
  }
  return instance;
}

/** The same, for products and convolutions; also null if tfjs uses threads, which the module does not. */
export function simdProducts(backend: BackendWasm): SimdModule | null {
  return isShared(memoryOf(backend)) ? null : simdModule(backend);
}

// Code for shared and unshared memory differs in one byte, the flags of the memory's limits.
function compile(limits: number): WebAssembly.Module | null {
  let module = compiled.get(limits);
  if (module === undefined) {
    const bytes = decode(BINARY);
    bytes[LIMITS_AT] = limits;
    module = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
    compiled.set(limits, module);
  }
  return module;
}
