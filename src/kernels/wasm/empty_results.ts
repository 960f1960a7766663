import type {KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import type {BackendWasm} from './kernel';

type Inputs = Record<string, TensorInfo>;
// biome-ignore lint/suspicious/noExplicitAny: each function below reads the attributes of its own kernel.
type Attrs = Record<string, any>;
type ShapeOf = (inputs: Inputs, attrs: Attrs) => number[];
type Shape4 = [number, number, number, number];
type Shape5 = [number, number, number, number, number];

const {computeConv2DInfo, computeConv3DInfo, computePool2DInfo, computePool3DInfo, convertConv2DDataFormat} =
  tfc.backend_util;

const productShape: ShapeOf = ({a, b}, {transposeA, transposeB}) => [
  ...tfc.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)),
  a.shape[a.shape.length - (transposeA ? 1 : 2)],
  b.shape[b.shape.length - (transposeB ? 2 : 1)],
];

const convolutionShape =
  (depthwise: boolean): ShapeOf =>
  ({x, filter}, {strides, dilations, pad, dimRoundingMode, dataFormat}) => {
    const format = convertConv2DDataFormat(dataFormat ?? 'NHWC');
    const [image, kernel] = [x.shape as Shape4, filter.shape as Shape4];
    const rounding = dimRoundingMode;
    return computeConv2DInfo(image, kernel, strides, dilations ?? 1, pad, rounding, depthwise, format)
      .outShape;
  };

const convolution3DShape: ShapeOf = ({x, filter}, {strides, dilations, pad}) =>
  computeConv3DInfo(x.shape as Shape5, filter.shape as Shape5, strides, dilations ?? 1, pad).outShape;

const poolingShape: ShapeOf = ({x}, {filterSize, strides, pad, dimRoundingMode}) =>
  computePool2DInfo(x.shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode).outShape;

const pooling3DShape: ShapeOf = ({x}, {filterSize, strides, pad, dimRoundingMode}) =>
  computePool3DInfo(x.shape as Shape5, filterSize, strides, 1, pad, dimRoundingMode).outShape;

const gatheredShape: ShapeOf = ({x, indices}, {axis, batchDims}) => {
  const [parsed] = tfc.util.parseAxisParam(axis, x.shape);
  const [tensor, ids] = [x as tfc.Tensor, indices as tfc.Tensor];
  return tfc.backend_util.segment_util.collectGatherOpShapeInfo(tensor, ids, parsed, batchDims ?? 0)
    .outputShape;
};

/** Result shapes of the kernels that trap, or write out of bounds, if the result has no elements. */
export const RESULT_SHAPES: Record<string, ShapeOf> = {
  [tfc.AvgPool]: poolingShape,
  [tfc.AvgPool3D]: pooling3DShape,
  [tfc.BatchMatMul]: productShape,
  [tfc.Conv2D]: convolutionShape(false),
  [tfc.Conv2DBackpropInput]: (_, {inputShape}) => inputShape,
  [tfc.Conv3D]: convolution3DShape,
  [tfc.DepthwiseConv2dNative]: convolutionShape(true),
  [tfc.DepthwiseConv2dNativeBackpropInput]: (_, {inputShape}) => inputShape,
  [tfc.FusedConv2D]: convolutionShape(false),
  [tfc.FusedDepthwiseConv2D]: convolutionShape(true),
  [tfc.GatherV2]: gatheredShape,
  [tfc.MaxPool]: poolingShape,
  [tfc.MaxPool3D]: pooling3DShape,
  [tfc.Prelu]: ({x}) => x.shape,
  [tfc.Transpose]: ({x}, {perm}) => perm.map((axis: number) => x.shape[axis]),
  [tfc._FusedMatMul]: productShape,
};

/**
 * Wraps a kernel so that it is skipped if its result has no elements.
 *
 * @throws ValueError if windows without padding are so large that the result would have a negative size.
 */
export function withEmptyResults(kernelName: string, kernel: KernelFunc): KernelFunc {
  const shapeOf = RESULT_SHAPES[kernelName];
  return (params) => {
    const inputs = params.inputs as Inputs;
    const shape = shapeOf(inputs, params.attrs as Attrs);
    if (shape.some((size) => size < 0))
      reject('x', `large enough for the windows of ${kernelName}`, inputs.x);
    if (!shape.includes(0)) return kernel(params);
    const {dtype} = inputs.x ?? inputs.a ?? inputs.dy;
    return (params.backend as BackendWasm).makeOutput(shape, dtype);
  };
}
