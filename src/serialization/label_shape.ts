import type {Loss} from '../core/loss';
import {labelForm} from '../labels/label_form';
import {RowLoss} from '../losses/base/row_loss';

/** @throws ValueError for labels of a shape that `loss` does not accept, naming those it does. */
export function checkLabelShape(loss: Loss, labelShape: number[], predictionShape: number[]): void {
  const takesBackground = loss instanceof RowLoss ? loss.takesBackground : true;
  labelForm(labelShape, classShapeOf(loss, predictionShape), takesBackground);
}

/** The shape that labels for `loss` have to fit: that of the predictions without logits that are no classes. */
export function classShapeOf(loss: Loss, predictionShape: readonly number[]): readonly number[] {
  return loss instanceof RowLoss ? loss.classShape(predictionShape) : predictionShape;
}
