export {evaluateCoco} from './evaluation/coco';
export type {
  AnnotatedCategory,
  AnnotatedImage,
  Annotation,
  Annotations,
  Detection,
  IouType,
  RunLengths,
  Segmentation,
} from './evaluation/formats';
export {evaluateLvis} from './evaluation/lvis';
export type {EvaluationOptions} from './evaluation/options';
export type {DetectionResult} from './evaluation/summary';
export {type BoxWeights, type DecodeBoxesOptions, decodeBoxes} from './labels/box_coding';
export {boxIoU} from './labels/box_iou';
export type {Boxes} from './labels/boxes';
export {
  type LabelledBoxes,
  type MatchedProposals,
  type MatchProposalsOptions,
  matchProposals,
} from './labels/match_proposals';
export {type KeptBoxes, type NonMaxSuppressionOptions, nonMaxSuppression} from './labels/non_max_suppression';
export {categoryClasses, lvisFrequency} from './lvis_frequency';
