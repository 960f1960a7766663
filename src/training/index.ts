export {type AdjustLogitsOptions, adjustLogits} from './adjust_logits';
export {type TauNormalizeOptions, tauNormalize} from './tau_normalize';
export {withAdjustedLogits} from './with_adjusted_logits';
export {type WithProbabilitiesOptions, withProbabilities} from './with_probabilities';
