import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {LabelForm} from '../../labels';

/** Which elements β spares: those whose draw of the stream under `key` is below `threshold`; both uint32. */
export interface DrawnBeta {
  key: [number, number];
  threshold: number;
}

/** Attributes of the loss kernels. */
export interface LossAttrs {
  form: LabelForm;
  rows: number;
  classes: number;
  background: boolean;
  tail: Float64Array;
  beta: number | DrawnBeta;
  fromLogits: boolean;
  differentiable: boolean;
}

export interface LossCall<Backend> {
  inputs: {logits: TensorInfo; labels: TensorInfo};
  attrs: LossAttrs;
  backend: Backend;
}

export interface LossGradCall<Backend> {
  inputs: {dy: TensorInfo; saved: TensorInfo; logits: TensorInfo; labels: TensorInfo};
  attrs: LossAttrs;
  backend: Backend;
}
