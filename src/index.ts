import './kernels/losses/simd/supply';

export * from './index.browser';
