import * as losses from '../losses';
import {BalancedAccuracy, ForegroundAccuracy, GroupAccuracy} from '../metrics';
import {installLayersModelHook} from './layers_model_hook';
import {registerLoss, registerMetric} from './registry';

const options = {package: 'longtail'};

registerLoss(losses.EqualizationLoss, options);
registerLoss(losses.SoftmaxEqualizationLoss, options);
registerLoss(losses.SigmoidCrossEntropy, options);
registerLoss(losses.SoftmaxCrossEntropy, options);
registerLoss(losses.LogitAdjustedLoss, options);
registerLoss(losses.BalancedSoftmaxLoss, options);
registerLoss(losses.FocalLoss, options);
registerLoss(losses.ClassBalancedLoss, options);
registerLoss(losses.LDAMLoss, options);
registerLoss(losses.ClassDependentTemperatureLoss, options);
registerLoss(losses.LabelAwareSmoothingLoss, options);
registerLoss(losses.SeesawLoss, options);
registerLoss(losses.EqualizationLossV2, options);
registerLoss(losses.AsymmetricLoss, options);
registerMetric(BalancedAccuracy, options);
registerMetric(ForegroundAccuracy, options);
registerMetric(GroupAccuracy, options);
installLayersModelHook();
