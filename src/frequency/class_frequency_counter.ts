import * as tfc from '@tensorflow/tfjs-core';
import {acrossCopies} from '../core/across_copies';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {markShared, readShared} from '../core/shared_objects';
import {type ClassOfName, classOfName} from '../labels/class_names';
import {ClassFrequency, checkedClassNames} from './class_frequency';
import {
  type ClassFrequencyCounterArgs,
  type ClassFrequencyCounterJSON,
  COUNTER_OPTIONS,
  checkCounterJSON,
  labelOptionsToJSON,
} from './counter_options';
import {type BatchEvidence, batchEvidence, comesFromBatch} from './reading/batch_evidence';
import {
  type ElementForm,
  inferElementForm,
  type LabelOptions,
  validateLabelOptions,
} from './reading/element_form';
import {type ElementSource, type LabelSelector, requireFinite, selectYs} from './reading/element_source';
import {countFirstPass} from './reading/first_pass';
import {readLabelData} from './reading/label_data';
import {LabelScanner} from './reading/label_scanner';

/**
 * Counts the images in which each class occurs while training runs. A loss or metric that holds the counter uses the
 * frequencies counted so far.
 *
 * @example
 * ```ts
 * const freqInfo = new ClassFrequencyCounter({numClasses: 100});
 * model.compile({optimizer: 'adam', loss: new EqualizationLoss({lambda: 3e-3, freqInfo})});
 * await model.fitDataset(freqInfo.observe(trainDataset).batch(64), {epochs: 5});
 * console.log(freqInfo.numImages); // → 120
 * ```
 */
export class ClassFrequencyCounter {
  /** C: the number of classes, without background. */
  readonly numClasses: number;
  /** Names of the classes, in index order, if given. */
  readonly classNames?: readonly string[];
  private readonly classOf?: ClassOfName;
  private readonly options: LabelOptions;
  private label?: LabelSelector;
  private readonly scanner: LabelScanner;
  private readonly counts: Float64Array;
  private images = 0;
  private form?: ElementForm;
  private readonly observed = new WeakMap<ElementSource, ElementSource>();

  /**
   * @throws ValueError for numClasses < 1, a number of names other than that of classes, repeated names, unknown
   *   options, and values that {@link LabelOptions} does not allow.
   */
  constructor(args: ClassFrequencyCounterArgs) {
    checkOptions('ClassFrequencyCounter', args, COUNTER_OPTIONS);
    const {classNames, label, labels, batched, ignoreLabel} = args;
    if (classNames !== undefined) this.classOf = classOfName(classNames);
    const numClasses = requireInteger('numClasses', args.numClasses ?? classNames?.length, 1);
    this.classNames = checkedClassNames(classNames, numClasses);
    this.numClasses = numClasses;
    if (label !== undefined && typeof label !== 'function') reject('label', 'a function', label);
    validateLabelOptions({labels, batched, ignoreLabel});
    this.options = {labels, batched, ignoreLabel};
    this.label = label;
    this.scanner = new LabelScanner(numClasses, ignoreLabel);
    this.counts = new Float64Array(numClasses);
  }

  /** N: the images counted so far, including background images. */
  get numImages(): number {
    return this.images;
  }

  /** N_j: the images counted so far that hold class j, `[numClasses]`. A copy. */
  get imageCounts(): Float64Array {
    return this.counts.slice();
  }

  /**
   * f_j = N_j / N of the images counted so far, `[numClasses]`. A copy.
   * @throws ValueError if no image has been counted yet.
   */
  get frequencies(): Float64Array {
    this.requireImages();
    return this.counts.map((count) => count / this.images);
  }

  /**
   * Returns the same dataset, whose elements are counted as its first epoch is consumed, and only then. If the first
   * epoch is abandoned (`take`, early stopping), the next one resumes it; nothing is counted twice, even if the same
   * counter observes a dataset again. Call it before `repeat`, and before a `shuffle` that may be cut short, as an
   * abandoned epoch is resumed by position. Batched datasets can be observed too.
   *
   * @throws ValueError for an endless dataset (`repeat()`); the iterator of the returned dataset throws for labels that
   *   cannot be counted.
   */
  observe<D extends ElementSource>(dataset: D): D {
    requireFinite(dataset, 'observe it before `repeat()`');
    const view =
      this.observed.get(dataset) ??
      countFirstPass(dataset, (element, source) =>
        this.addElement(element, this.form === undefined && comesFromBatch(source)),
      );
    this.observed.set(dataset, view);
    return view as D;
  }

  /**
   * Counts the labels of a dataset element: a number, tensor, typed array, `number[]` or `number[][]`, or names instead
   * of numbers, read as {@link LabelOptions} describes. Tensors (of any dtype) are not disposed of; their values are
   * read synchronously.
   *
   * @example
   * ```ts
   * const counter = new ClassFrequencyCounter({numClasses: 3, labels: 'list'});
   * counter.add([0, 0, 2]).add([]).add([0]); // three images: a list of labels each
   * console.log(counter.imageCounts, counter.numImages); // → Float64Array(3) [ 2, 0, 1 ] 3
   * ```
   * @returns this
   * @throws ValueError for labels that cannot be counted; none of them is counted then.
   */
  add(labels: unknown): this {
    return this.addValues(labels);
  }

  /**
   * Counts a whole dataset element, as `observe` does. Asynchronous only on WebGPU, which cannot read synchronously.
   *
   * @param fromBatch Whether tf.data's `batch` made the element, so that labels `[b]` are a batch of integers.
   * @throws ValueError for labels that cannot be counted.
   */
  addElement(element: unknown, fromBatch = false): void | Promise<void> {
    const evidence = (labels: number) => batchEvidence(element, labels, fromBatch);
    if (tfc.getBackend() === 'webgpu') return this.addElementAsync(element, evidence);
    const {label} = this;
    if (label) tfc.tidy(() => void this.addValues(label(element), evidence));
    else this.addValues(selectYs(element), evidence);
  }

  private async addElementAsync(
    element: unknown,
    evidence: (labels: number) => BatchEvidence,
  ): Promise<void> {
    const labels = tfc.tidy(() => {
      const selected = (this.label ?? selectYs)(element);
      return (selected instanceof tfc.Tensor ? tfc.clone(selected) : selected) as tfc.TensorContainer;
    });
    if (!(labels instanceof tfc.Tensor)) {
      this.addValues(labels, evidence);
      return;
    }
    try {
      this.addValues(labels, evidence, await labels.data());
    } finally {
      labels.dispose();
    }
  }

  private addValues(
    labels: unknown,
    evidence?: (labels: number) => BatchEvidence,
    values?: ArrayLike<number | string>,
  ): this {
    const data = readLabelData(labels, values, this.classOf);
    const form =
      this.form ?? inferElementForm(data, this.numClasses, this.options, evidence?.(data.values.length));
    const {scanner, counts} = this;
    scanner.scan(data, form);
    for (let i = 0; i < scanner.numHits; ++i) ++counts[scanner.hits[i]];
    this.images += scanner.numImages;
    this.form = form;
    return this;
  }

  /**
   * Adds the counts of another counter, or of a finished pass, over other images.
   *
   * @example
   * ```ts
   * const total = new ClassFrequencyCounter({numClasses: 100}).merge(freqInfo).add(7);
   * console.log(total.numImages - freqInfo.numImages); // → 1
   * ```
   * @returns this
   * @throws ValueError for a different number of classes, or different names.
   */
  merge(other: ClassFrequencyCounter | ClassFrequency): this {
    if (!(other instanceof ClassFrequencyCounter || other instanceof ClassFrequency)) {
      reject('other', 'a ClassFrequencyCounter or a ClassFrequency', other);
    }
    if (other.numClasses !== this.numClasses) {
      reject('other.numClasses', `${this.numClasses}, as in this counter`, other.numClasses);
    }
    const {imageCounts, numImages, classNames} = other;
    const {classNames: own} = this;
    if (own && classNames?.some((name, j) => name !== own[j])) {
      reject('other.classNames', 'those of this counter', classNames);
    }
    for (let j = 0; j < imageCounts.length; ++j) this.counts[j] += imageCounts[j];
    this.images += numImages;
    return this;
  }

  /**
   * The counts so far, as a value that no longer changes.
   * @throws ValueError if no image has been counted yet.
   */
  snapshot(): ClassFrequency {
    this.requireImages();
    const {counts, images, classNames} = this;
    return new ClassFrequency({imageCounts: counts, numImages: images, classNames});
  }

  /**
   * Counts and options. In the `getConfig()` of your own class keep it as a separate object, `{counter:
   * counter.toJSON()}`: a counter that several objects of a model share is no longer shared after loading if it was
   * spread among other keys. A `label` selector is a function and cannot be written; pass it to `fromJSON` again. Nor
   * can the datasets under observation: if a restored counter observes one, it counts it from its start.
   */
  toJSON(): ClassFrequencyCounterJSON {
    return markShared(this, {
      num_classes: this.numClasses,
      num_images: this.images,
      image_counts: Array.from(this.counts),
      ...(this.classNames && {class_names: [...this.classNames]}),
      ...labelOptionsToJSON(this.options),
    });
  }

  /**
   * Restores a counter, which continues where the written one was.
   * @param options.label The selector that the written counter had, if any.
   * @throws ValueError for counts that are not integers in 0 … num_images, or not num_classes of them.
   */
  static fromJSON(
    json: ClassFrequencyCounterJSON,
    options: {label?: LabelSelector} = {},
  ): ClassFrequencyCounter {
    checkOptions('ClassFrequencyCounter.fromJSON', options, ['label']);
    const make = (config: ClassFrequencyCounterJSON) =>
      ClassFrequencyCounter.fromCounts(config, options.label);
    const counter = readShared(json, ClassFrequencyCounter, make);
    // An earlier reader of the same counter may not have known its selector.
    counter.label ??= options.label;
    return counter;
  }

  private static fromCounts(json: ClassFrequencyCounterJSON, label?: LabelSelector): ClassFrequencyCounter {
    checkCounterJSON(json);
    const {
      num_classes: numClasses,
      class_names: classNames,
      labels,
      batched,
      ignore_label: ignoreLabel,
    } = json;
    const counter = new ClassFrequencyCounter({numClasses, classNames, labels, batched, ignoreLabel, label});
    counter.counts.set(json.image_counts);
    counter.images = json.num_images;
    return counter;
  }

  private requireImages(): void {
    if (this.images === 0)
      reject('freqInfo', 'a counter that has counted images (observe or add some)', this);
  }
}

acrossCopies(ClassFrequencyCounter, 'ClassFrequencyCounter');
