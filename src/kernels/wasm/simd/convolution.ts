import type {backend_util, TensorInfo} from '@tensorflow/tfjs-core';
import {type BackendWasm, floats, release} from '../kernel';
import {addressOf} from '../memory';
import {type Geometry, writeGeometry} from './geometry';
import {matrixProduct, panelFloats} from './matrix_product';
import {PACKED_FLOATS, type SimdModule} from './module';

type ConvInfo = backend_util.Conv2DInfo;

/** Numbers that a tile may read beyond the last patch. */
const SLACK = 4;

/** y = conv2d(x, filter): unfolded patches times the filter. */
export function convolution(
  module: SimdModule,
  info: ConvInfo,
  x: TensorInfo,
  filter: TensorInfo,
  backend: BackendWasm,
): TensorInfo {
  const y = backend.makeOutput(info.outShape, 'float32');
  const columns = info.outChannels;
  if (isProduct(info)) {
    const product = {rows: pixels(info), depth: info.inChannels, columns, ...PLAIN};
    matrixProduct(module, product, [x, filter, y], backend);
    return y;
  }
  const geometry = writeGeometry(info, backend);
  const {outputs, depth, atOnce} = geometry;
  const panels = backend.makeOutput([panelFloats(depth, columns)], 'float32');
  const scratch = scratchFor(geometry, PACKED_FLOATS, backend);
  const [at, from, w, to, inPanels, spare] = [geometry.info, x, filter, y, panels, scratch].map((info) =>
    addressOf(backend, info),
  );
  module.panels(w, 4 * columns, 4, depth, columns, inPanels);
  module.convolve(from, at, outputs, inPanels, columns, to, 0, 0, spare, atOnce);
  release(backend, geometry.info, panels, scratch);
  return y;
}

/** dW of `convolution`: unfolded patches, transposed, times dy. */
export function filterGradient(
  module: SimdModule,
  info: ConvInfo,
  x: TensorInfo,
  dy: TensorInfo,
  backend: BackendWasm,
): TensorInfo {
  const {filterHeight, filterWidth, inChannels, outChannels} = info;
  const dw = backend.makeOutput([filterHeight, filterWidth, inChannels, outChannels], 'float32');
  if (pixels(info) === 0) {
    floats(backend, dw).fill(0);
    return dw;
  }
  if (isProduct(info)) {
    const product = {rows: inChannels, depth: pixels(info), columns: outChannels, transposeB: false};
    matrixProduct(module, {...product, transposeA: true}, [x, dy, dw], backend);
    return dw;
  }
  const geometry = writeGeometry(info, backend);
  const {outputs, atOnce} = geometry;
  const scratch = scratchFor(geometry, panelFloats(atOnce, outChannels), backend);
  const [at, from, upstream, to, spare] = [geometry.info, x, dy, dw, scratch].map((info) =>
    addressOf(backend, info),
  );
  module.convolveFilterGradient(from, at, outputs, upstream, outChannels, to, spare, atOnce);
  release(backend, geometry.info, scratch);
  return dw;
}

/** dx of `convolution`: dy times the transposed filter, folded back onto the pixels. */
export function inputGradient(
  module: SimdModule,
  info: ConvInfo,
  dy: TensorInfo,
  filter: TensorInfo,
  backend: BackendWasm,
): TensorInfo {
  const dx = backend.makeOutput(info.inShape, 'float32');
  const {inChannels, outChannels} = info;
  if (isProduct(info)) {
    const product = {rows: pixels(info), depth: outChannels, columns: inChannels, transposeA: false};
    matrixProduct(module, {...product, transposeB: true}, [dy, filter, dx], backend);
    return dx;
  }
  const geometry = writeGeometry(info, backend);
  const {outputs, depth, atOnce} = geometry;
  const panels = backend.makeOutput([panelFloats(outChannels, depth)], 'float32');
  const scratch = scratchFor(geometry, PACKED_FLOATS, backend);
  floats(backend, dx).fill(0);
  const [at, upstream, w, to, inPanels, spare] = [geometry.info, dy, filter, dx, panels, scratch].map(
    (info) => addressOf(backend, info),
  );
  module.panels(w, 4, 4 * outChannels, outChannels, depth, inPanels);
  module.convolveInputGradient(upstream, at, outputs, inPanels, outChannels, to, spare, atOnce);
  release(backend, geometry.info, panels, scratch);
  return dx;
}

const PLAIN = {transposeA: false, transposeB: false};

/** The number of outputs in all images. */
const pixels = ({batchSize, outHeight, outWidth}: ConvInfo) => batchSize * outHeight * outWidth;

// Whether each output sees only its own pixel, so that patches would be a copy of x.
function isProduct({filterHeight, filterWidth, strideHeight, strideWidth, padInfo}: ConvInfo): boolean {
  const {top, bottom, left, right} = padInfo;
  return filterHeight * filterWidth * strideHeight * strideWidth === 1 && top + bottom + left + right === 0;
}

// Allocates the patches of `atOnce` outputs, plus `more` numbers.
function scratchFor({depth, atOnce}: Geometry, more: number, backend: BackendWasm): TensorInfo {
  return backend.makeOutput([atOnce * depth + SLACK + more], 'float32');
}
