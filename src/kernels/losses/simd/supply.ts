import {blockPass} from './block_pass';
import {fusedBlocks} from './fused_blocks';
import {fusedInPlace} from './fused_in_place';
import {hasSimd} from './module';
import {passInPlace, scaleInPlace} from './pass_in_place';
import {supplyPasses} from './passes';

supplyPasses({hasSimd, blockPass, fusedBlocks, passInPlace, fusedInPlace, scaleInPlace});
