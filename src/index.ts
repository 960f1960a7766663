// The main entry with the losses' SIMD: for Node, the file for script tags and everything of this repository.
import {supplySimd} from './kernels/losses/simd/supply';

export * from './index.browser';

supplySimd();
