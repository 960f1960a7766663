import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {LabelAttrs} from '../registered_pass';

/** What the forward kernel of a loss is called with. */
export interface LossCall<Backend, Attrs extends LabelAttrs> {
  inputs: {logits: TensorInfo; labels: TensorInfo};
  attrs: Attrs & {differentiable: boolean};
  backend: Backend;
}

/** What the gradient kernel of a loss is called with. */
export interface GradientCall<Backend, Attrs extends LabelAttrs> {
  inputs: {dy: TensorInfo; saved: TensorInfo; logits: TensorInfo; labels: TensorInfo};
  attrs: Attrs;
  backend: Backend;
}
