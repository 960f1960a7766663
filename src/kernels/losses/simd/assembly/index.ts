// One pass over logits for the loss of each row and its gradient, in SIMD WebAssembly over memory that is imported: the
// wasm backend's own, or a block beside the other backends. Compiled by `npm run build:simd` into ../binary.ts.
export {pass} from './pass';
export {rows} from './rows';
export {scale} from './scale';
