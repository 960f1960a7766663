// One pass over logits that computes each row's loss and gradient, in SIMD WebAssembly over imported memory: the wasm
// backend's own, or a separate block for the other backends. Compiled by `npm run build:simd` into ../binary.ts.
export {pass} from './pass';
export {rows} from './rows';
export {scale} from './scale';
