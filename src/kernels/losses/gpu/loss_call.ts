import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {LossAttrs} from '../registered_pass';

/** What the forward kernel of a loss is called with. */
export interface LossCall<Backend> {
  inputs: {logits: TensorInfo; labels: TensorInfo};
  attrs: LossAttrs & {differentiable: boolean};
  backend: Backend;
}

/** What the gradient kernel of a loss is called with. */
export interface GradientCall<Backend> {
  inputs: {dy: TensorInfo; saved: TensorInfo; logits: TensorInfo; labels: TensorInfo};
  attrs: LossAttrs;
  backend: Backend;
}
