import {decode} from '../../decode';
import type {Draws} from '../draws';
import {BINARY, LIMITS_AT} from './binary';

/**
 * A loss of one of both families over rows of logits in the module's memory, see assembly/pass.ts. 0 where a label is
 * outside 0 … 1, and the pass ended there.
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

/** The loss of rows by the formula of that number, see assembly/rows.ts; NaN of rows that are left to JavaScript. */
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

/** The memory that a pass needs for itself, up to the end of ALL of assembly/blocks.ts. */
export const SCRATCH_BYTES = 2080;

/** The same for rows, up to the end of FOURTH of assembly/table.ts. */
export const ROWS_SCRATCH_BYTES = 4128;

/** β as the last parameters of a pass: whether it is drawn, and the draws from element `first` on. */
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
 * The module over a memory that may hold other things: it owns none of it. Null where the engine has no SIMD.
 *
 * @param memory At most 4 GiB in all, as that of tfjs's wasm backend; shared where that uses threads.
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

// Code for a shared memory and for one that is not differs in one byte, the flags of the memory's limits.
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
