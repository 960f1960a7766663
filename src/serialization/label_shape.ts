import type {Loss} from '../core/loss';
import {labelForm} from '../labels/label_form';
import {RowLoss} from '../losses/base/row_loss';

/** @throws ValueError for labels of a shape that `loss` does not accept, naming those it does. */
export function checkLabelShape(loss: Loss, labelShape: number[], predictionShape: number[]): void {
  const isOfRows = loss instanceof RowLoss;
  const shape = isOfRows ? loss.classShape(predictionShape) : predictionShape;
  labelForm(labelShape, shape, isOfRows ? loss.takesBackground : true);
}
