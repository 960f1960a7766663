import {
  AsymmetricLoss,
  ClassBalancedLoss,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  SigmoidCrossEntropy,
} from '../losses';

/** What a loss of ours takes the logits for; undefined where it does not say. */
export function impliedActivation(loss: unknown): 'softmax' | 'sigmoid' | undefined {
  const [only] = Array.isArray(loss) ? loss : [loss];
  if (only instanceof FocalLoss) return only.activation;
  if (only instanceof ClassBalancedLoss) return only.base === 'softmax' ? 'softmax' : 'sigmoid';
  const ofSigmoids = [AsymmetricLoss, EqualizationLoss, EqualizationLossV2, SigmoidCrossEntropy];
  return ofSigmoids.some((cls) => only instanceof cls) ? 'sigmoid' : undefined;
}
