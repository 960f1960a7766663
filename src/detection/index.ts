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
