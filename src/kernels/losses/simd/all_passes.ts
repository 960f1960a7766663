import {blockPass} from './block_pass';
import {fusedBlocks} from './fused_blocks';
import {fusedInPlace} from './fused_in_place';
import {hasSimd} from './module';
import {passInPlace, scaleInPlace} from './pass_in_place';
import type {SimdPasses} from './passes';

/** The SIMD module's passes. */
export function allPasses(): SimdPasses {
  return {hasSimd, blockPass, fusedBlocks, passInPlace, fusedInPlace, scaleInPlace};
}
