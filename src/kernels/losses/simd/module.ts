import {decode} from '../../decode';
import type {Draws} from '../draws';
import {BINARY, LIMITS_AT} from './binary';

/**
 * Computes a loss of one of both families over rows of logits in the module's memory, see assembly/pass.ts. Returns 0
 * if the pass stopped at a label outside 0 … 1.
 */
type PassFunction = (
  softmax: boolean,
  z: number,
  out: number,
  labels: number,
  kind: number,
  stride: number,
  kept: number,
  soft: boolean,
  losses: number,
  rows: number,
  classes: number,
  scale: number,
  scratch: number,
  draws: boolean,
  first: number,
  key0: number,
  key1: number,
  threshold: number,
) => number;

/** Computes the loss of rows by a formula's number, see assembly/rows.ts; NaN for rows left to JavaScript. */
type RowsFunction = (
  formula: number,
  z: number,
  out: number,
  width: number,
  labels: number,
  kind: number,
  stride: number,
  losses: number,
  rows: number,
  classes: number,
  scale: number,
  table: number,
  scratch: number,
  spare: number,
  first: number,
) => void;

export interface SimdModule {
  pass: PassFunction;
  rows: RowsFunction;
  scale(values: number, factors: number, rows: number, classes: number): void;
}

/** Scratch memory of a pass, up to the end of ALL in assembly/blocks.ts. */
export const SCRATCH_BYTES = 2080;

/** Scratch memory of rows, up to the end of FOURTH in assembly/table.ts. */
export const ROWS_SCRATCH_BYTES = 5216;

/** The last parameters of a pass: whether β is drawn, and the draws from element `first` on. */
export function drawParameters(
  beta: number | Draws,
  first: number,
): [boolean, number, number, number, number] {
  if (typeof beta === 'number') return [false, 0, 0, 0, 0];
  return [true, first, beta.key[0], beta.key[1], beta.threshold];
}

const PLAIN = 1;
const SHARED = 3;

const compiled = new Map<number, WebAssembly.Module | null>();
const instances = new WeakMap<WebAssembly.Memory, SimdModule>();

/**
 * Instantiates the module over a memory that may hold other things, as it owns none of it. Null if the engine has no
 * SIMD.
 *
 * @param memory At most 4 GiB, as that of tfjs's wasm backend; shared if the backend uses threads.
 */
export function simdModule(memory: WebAssembly.Memory): SimdModule | null {
  let instance = instances.get(memory);
  if (instance == null) {
    const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
    const module = compile(shared ? SHARED : PLAIN);
    if (module == null) return null;
    instance = new WebAssembly.Instance(module, {env: {memory}}).exports as SimdModule & WebAssembly.Exports;
    instances.set(memory, instance);
  }
  return instance;
}

/** Whether the engine has SIMD. */
export const hasSimd = () => compile(PLAIN) != null;

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
