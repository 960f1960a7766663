/** The kernels of one family of losses, by the names under which each backend registers them with tfjs. */
export interface LossKernels {
  /** `{logits, labels}` to the losses `[rows]` and, if `differentiable`, what the gradient needs. */
  forward: string;
  /** `{dy, saved}`, and on GPU backends `{logits, labels}` too, to the gradient `[rows, C]`. */
  gradient: string;
}

/** Σ_j w_j · BCE(σ(z_j), y_j). */
export const TAIL_SIGMOID: LossKernels = {forward: 'TailSigmoidLoss', gradient: 'TailSigmoidLossGrad'};
/** −Σ_j y_j log(e^{z_j} / Σ_k w̃_k e^{z_k}). */
export const TAIL_SOFTMAX: LossKernels = {forward: 'TailSoftmaxLoss', gradient: 'TailSoftmaxLossGrad'};
/** Any sum over classes, computed by its shaders; GPU backends only, see element.ts. */
export const ELEMENT: LossKernels = {forward: 'ElementLoss', gradient: 'ElementLossGrad'};
/** Any other row loss that the SIMD module computes, on backends whose memory JavaScript reads. */
export const FUSED_ROWS = 'FusedRowLoss';
