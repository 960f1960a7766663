import {EqualizationLoss, SoftmaxEqualizationLoss} from '../losses';
import {
  BalancedAccuracy,
  BinaryAccuracy,
  BinaryBalancedAccuracy,
  ForegroundAccuracy,
  GroupAccuracy,
} from '../metrics';
import {installLayersModelHook} from './layers_model_hook';
import {registerLoss, registerMetric} from './registry';

const options = {package: 'longtail'};

registerLoss(EqualizationLoss, options);
registerLoss(SoftmaxEqualizationLoss, options);
registerMetric(BalancedAccuracy, options);
registerMetric(BinaryAccuracy, options);
registerMetric(BinaryBalancedAccuracy, options);
registerMetric(ForegroundAccuracy, options);
registerMetric(GroupAccuracy, options);
installLayersModelHook();
