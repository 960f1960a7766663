import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {ClassFrequency} from '../../frequency';
import {type BatchingOptions, IndexedDataset} from '../../sampling/indexed/indexed_dataset';
import {lazyClasses} from '../../sampling/indexed/lazy_classes';
import type {ImageReader, ImageShape} from './image_reader';
import {ImageSource, type ImageSourceOptions, type UnreadableImage} from './image_source';

interface LabeledDatasetArgs extends BatchingOptions, ImageSourceOptions {
  reader: ImageReader;
  indices: Int32Array;
  labels: Int32Array;
  classNames: readonly string[];
  unreadable: Map<string, UnreadableImage>;
}

/**
 * Images with one class each, for `fitDataset`, `evaluateDataset` and all samplers: batches of
 * `{xs: [b, height, width, channels], ys: [b]}`. Made by `imageFolder`, `imageList`, `cifar` and `idxImages`. Classes
 * are known up front; images are read when a batch needs them.
 */
export class LabeledDataset extends IndexedDataset {
  /** Names of the classes, in index order. */
  readonly classNames: readonly string[];
  /** The class of each image, in 0 … C − 1. Do not write to it. */
  readonly labels: Int32Array;
  /** Height, width and channels of each image. */
  readonly imageShape: ImageShape;
  /** Number of images of each class. */
  readonly freqInfo: ClassFrequency;

  /** @hidden */
  constructor(private readonly args: LabeledDatasetArgs) {
    const {labels, classNames, reader} = args;
    const classes = lazyClasses(labels, labels.length, {numClasses: classNames.length, labels: 'integer'});
    super(new ImageSource(args), args, classes);
    this.classNames = classNames;
    this.labels = labels;
    this.imageShape = reader.shape;
    const imageCounts = new Float64Array(classNames.length);
    for (const label of labels) ++imageCounts[label];
    this.freqInfo = new ClassFrequency({imageCounts, numImages: labels.length, classNames});
  }

  /** Number of images of each class, by class name. */
  get counts(): Record<string, number> {
    const {imageCounts} = this.freqInfo;
    return Object.fromEntries(this.classNames.map((name, j) => [name, imageCounts[j]]));
  }

  /** Images that turned out unreadable so far, in all splits of the same data. */
  get unreadable(): readonly UnreadableImage[] {
    return [...this.args.unreadable.values()];
  }

  /** The file of an image, or its position in one. @throws ValueError for an index out of range. */
  nameOf(index: number): string {
    const {reader, indices} = this.args;
    return reader.nameOf(indices[requireInteger('index', index, 0, this.length - 1)]);
  }

  /**
   * Makes a new dataset from some of the images.
   *
   * @param indices Indices in 0 … N − 1.
   * @param batching Options that differ.
   * @throws ValueError if there is no index, or one is out of range.
   */
  subset(indices: ArrayLike<number>, batching: BatchingOptions = {}): LabeledDataset {
    if (!(indices?.length > 0)) reject('indices', 'of at least one image', indices);
    const own = Int32Array.from(indices, (index) => requireInteger('indices', index, 0, this.length - 1));
    const {args} = this;
    return new LabeledDataset({
      ...args,
      ...batching,
      indices: own.map((index) => args.indices[index]),
      labels: own.map((index) => args.labels[index]),
    });
  }
}
