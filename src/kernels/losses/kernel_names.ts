/** The kernels of one family of losses, by the names under which they are registered with tfjs for each backend. */
export interface LossKernels {
  /** `{logits, labels}` to the losses `[rows]` and, if `differentiable`, what the gradient needs of them. */
  forward: string;
  /** `{dy, saved}`, and on GPU backends `{logits, labels}` too, to the gradient `[rows, C]`. */
  gradient: string;
}

/** Σ_j w_j · BCE(σ(z_j), y_j). */
export const TAIL_SIGMOID: LossKernels = {forward: 'TailSigmoidLoss', gradient: 'TailSigmoidLossGrad'};
/** −Σ_j y_j log(e^{z_j} / Σ_k w̃_k e^{z_k}). */
export const TAIL_SOFTMAX: LossKernels = {forward: 'TailSoftmaxLoss', gradient: 'TailSoftmaxLossGrad'};
/** Any sum over classes by its shaders, on GPU backends only; see element.ts. */
export const ELEMENT: LossKernels = {forward: 'ElementLoss', gradient: 'ElementLossGrad'};
