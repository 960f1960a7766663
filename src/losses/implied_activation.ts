import {AsymmetricLoss} from './asymmetric_loss';
import {ClassBalancedLoss} from './class_balanced_loss';
import {EqualizationLoss} from './equalization_loss';
import {EqualizationLossV2} from './equalization_loss_v2';
import {FocalLoss} from './focal_loss';
import {SigmoidCrossEntropy} from './sigmoid_cross_entropy';

/** The activation that a loss of ours implies for the logits; undefined if it implies none. */
export function impliedActivation(loss: unknown): 'softmax' | 'sigmoid' | undefined {
  const [only] = Array.isArray(loss) ? loss : [loss];
  if (only instanceof FocalLoss) return only.activation;
  if (only instanceof ClassBalancedLoss) return only.base === 'softmax' ? 'softmax' : 'sigmoid';
  const ofSigmoids = [AsymmetricLoss, EqualizationLoss, EqualizationLossV2, SigmoidCrossEntropy];
  return ofSigmoids.some((cls) => only instanceof cls) ? 'sigmoid' : undefined;
}
