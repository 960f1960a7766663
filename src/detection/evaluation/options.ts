import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import type {IouType} from './formats';

/** How detections are compared with objects. */
export interface EvaluationOptions {
  /** By boxes (`'bbox'`) or masks (`'segm'`). */
  iouType: IouType;
}

/** @throws ValueError for unknown options and another iouType. */
export function readOptions(of: string, options: EvaluationOptions): IouType {
  checkOptions(of, options, ['iouType']);
  const {iouType} = options;
  return iouType === 'bbox' || iouType === 'segm' ? iouType : reject('iouType', "'bbox' or 'segm'", iouType);
}
