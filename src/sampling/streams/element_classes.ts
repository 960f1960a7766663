import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {batchEvidence, comesFromBatch} from '../../frequency/reading/batch_evidence';
import {disposeElement} from '../../frequency/reading/dispose_element';
import {
  type ElementForm,
  inferElementForm,
  type LabelKind,
  validateLabelOptions,
} from '../../frequency/reading/element_form';
import {type ElementIterator, type LabelSelector, selectYs} from '../../frequency/reading/element_source';
import {readLabelData} from '../../frequency/reading/label_data';
import {LabelScanner} from '../../frequency/reading/label_scanner';
import {type ClassOfName, classOfName} from '../../labels/class_names';

/**
 * How the labels of a stream's elements, one image each, are read. They may be names if freqInfo has those of its
 * classes.
 */
export interface ElementLabelOptions {
  /** What the labels are; inferred from the first element by default. See `LabelOptions`. */
  labels?: LabelKind;
  /** Selects the labels in a dataset element. Default: `element.ys`. */
  label?: LabelSelector;
}

export const LABEL_OPTIONS = ['labels', 'label'];

/**
 * @throws ValueError for options that {@link ElementLabelOptions} does not allow.
 */
export function checkLabelOptions({labels, label}: ElementLabelOptions): void {
  validateLabelOptions({labels});
  if (label !== undefined && typeof label !== 'function') reject('label', 'a function', label);
}

/** Reads the classes of the elements of one pass. */
export class ElementClasses {
  private form?: ElementForm;
  private readonly scanner: LabelScanner;
  private readonly fromBatch: boolean;
  private readonly classOf?: ClassOfName;

  /**
   * @param classNames Names of the classes, if labels may be names.
   */
  constructor(
    private readonly numClasses: number,
    private readonly options: ElementLabelOptions,
    source: ElementIterator,
    classNames: readonly string[] | undefined,
  ) {
    this.scanner = new LabelScanner(numClasses);
    this.fromBatch = comesFromBatch(source);
    this.classOf = classNames && classOfName(classNames);
  }

  /**
   * The classes of an element's image, each once; empty for background. Disposes of the element before it throws.
   *
   * @throws ValueError for batches, and for labels that are out of range or differ in form from the first.
   */
  async of(element: unknown): Promise<readonly number[]> {
    try {
      return await this.read(element);
    } catch (error) {
      disposeElement(element);
      throw error;
    }
  }

  private async read(element: unknown): Promise<readonly number[]> {
    const {label = selectYs, labels: kind} = this.options;
    const labels = tfc.tidy(() => {
      const selected = label(element);
      return (selected instanceof tfc.Tensor ? tfc.clone(selected) : selected) as tfc.TensorContainer;
    });
    try {
      const values = labels instanceof tfc.Tensor ? await labels.data() : undefined;
      const data = readLabelData(labels, values, this.classOf);
      if (this.fromBatch) refuseBatch(element);
      this.form ??= this.settle(data, kind, element);
      this.scanner.scan(data, this.form);
      return this.scanner.hits.slice(0, this.scanner.numHits);
    } finally {
      if (labels instanceof tfc.Tensor) labels.dispose();
    }
  }

  private settle(
    data: Parameters<typeof inferElementForm>[0],
    kind: LabelKind | undefined,
    element: unknown,
  ): ElementForm {
    const evidence = batchEvidence(element, data.values.length, false);
    const batched = kind === undefined && data.values.length !== 1 ? undefined : false;
    const form = inferElementForm(data, this.numClasses, {labels: kind, batched}, evidence);
    if (form.batched) refuseBatch(element);
    return form;
  }
}

function refuseBatch(element: unknown): never {
  return reject(
    'dataset',
    "one of single images, not of batches: call this before `batch` (of an image's list of classes, say `labels: 'list'`)",
    element,
  );
}
