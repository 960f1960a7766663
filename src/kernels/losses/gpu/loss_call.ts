import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {LabelAttrs} from '../registered_pass';

/** Arguments of a loss's forward kernel. */
export interface LossCall<Backend, Attrs extends LabelAttrs> {
  inputs: {logits: TensorInfo; labels: TensorInfo};
  attrs: Attrs & {differentiable: boolean};
  backend: Backend;
}

/** Arguments of a loss's gradient kernel. */
export interface GradientCall<Backend, Attrs extends LabelAttrs> {
  inputs: {dy: TensorInfo; saved: TensorInfo; logits: TensorInfo; labels: TensorInfo};
  attrs: Attrs;
  backend: Backend;
}
