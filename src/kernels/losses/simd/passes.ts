import type {TensorInfo} from '@tensorflow/tfjs-core';
import {PROTOCOL} from '../../../core/across_copies';
import {ofProcess} from '../../../core/of_process';
import type {BackendWasm} from '../../wasm/kernel';
import type {ForwardCall, FusedCall} from '../host/loss_kernels';
import type {blockPass} from './block_pass';
import type {fusedBlocks} from './fused_blocks';

/** The SIMD module's passes for the host backends; each returns null or false if the engine has no SIMD. */
export interface SimdPasses {
  hasSimd(): boolean;
  /** Over memory outside WebAssembly. */
  blockPass: typeof blockPass;
  fusedBlocks: typeof fusedBlocks;
  /** In the memory of tfjs's wasm backend. */
  passInPlace(family: 'sigmoid' | 'softmax', call: ForwardCall<BackendWasm>): TensorInfo[] | null;
  fusedInPlace(call: FusedCall<BackendWasm>): TensorInfo[];
  /** Multiplies each row of `[rows, columns]` by its factor. */
  scaleInPlace(
    values: TensorInfo,
    factors: Float32Array,
    rows: number,
    columns: number,
    backend: BackendWasm,
  ): boolean;
}

const supplied = ofProcess<{passes?: SimdPasses}>(`simdPasses.${PROTOCOL}`, () => ({}));

/**
 * Makes the losses run by the module from now on.
 *
 * @param passes Called for each loss that is computed, but not before the first.
 */
export function supplyPasses(passes: () => SimdPasses): void {
  Object.defineProperty(supplied, 'passes', {get: passes, configurable: true});
}

/**
 * The module's passes, if an entry point has supplied them: they are a seventh of a page's load, and it may never need
 * them.
 */
export const simdPasses = (): SimdPasses | undefined => supplied.passes;
