import {reject} from '../../core/errors';
import {ClassScanner} from '../../labels/class_scanner';
import {hotForm} from '../../labels/label_form';
import {checkElementForm, contradiction, type ElementForm} from './element_form';
import type {LabelData} from './label_data';

/** Turns the labels of dataset elements into classes to count. */
export class LabelScanner extends ClassScanner {
  /** @throws ValueError for labels that are out of range or contradict the form. */
  scan(data: LabelData, form: ElementForm): void {
    checkElementForm(data, form, this.numClasses);
    this.begin();
    const {rank, values, rows, shape} = data;
    if (rows) {
      for (const row of rows) this.scanImage(row, 0, row.length, data, form);
    } else if (rank === 2 && (form.labels === 'oneHot' || form.labels === 'multiHot')) {
      const [images, width] = shape!;
      this.scanRows(values, images, width, data, form);
    } else if (rank === 2) {
      const [batch, width] = shape!;
      for (let i = 0; i < batch; ++i) this.scanImage(values, i * width, (i + 1) * width, data, form);
    } else if (form.batched) {
      for (let i = 0; i < values.length; ++i) this.scanImage(values, i, i + 1, data, form);
    } else {
      this.scanImage(values, 0, values.length, data, form);
    }
  }

  private scanImage(
    values: ArrayLike<number>,
    from: number,
    to: number,
    data: LabelData,
    form: ElementForm,
  ): void {
    if (form.labels === 'list') {
      this.scanList(values, from, to);
    } else if (form.labels === 'integer') {
      if (to - from !== 1) contradiction(data.source, form, this.numClasses);
      this.scanInteger(values, from);
    } else {
      this.scanRows(values, 1, to - from, data, form);
    }
  }

  private scanRows(
    values: ArrayLike<number>,
    images: number,
    width: number,
    {source}: LabelData,
    form: ElementForm,
  ): void {
    if (hotForm(width, this.numClasses) === undefined) contradiction(source, form, this.numClasses);
    const tooMany = () => reject('labels', "one-hot, as `labels: 'oneHot'` says", source);
    this.scanHot(values, images, width, form.labels === 'oneHot' ? tooMany : undefined);
  }
}
