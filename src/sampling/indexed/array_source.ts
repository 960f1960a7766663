import {reject} from '../../core/errors';
import {type BatchValues, Column, isShaped, type SampleArrays} from './sample_array';
import {
  type Batch,
  type BatchRequest,
  type BatchTensors,
  type SampleContext,
  type SampleSource,
  sampleContext,
} from './sample_source';

/** The values of a sample's only input or output, or of all of them by name. */
export type SampleValues = BatchValues | {[name: string]: BatchValues};

/** Changes a sample's values in place. They belong to the batch; the data are not changed. */
// biome-ignore lint/suspicious/noExplicitAny: only the caller knows whether there are several inputs
export type SampleTransform = (sample: {xs: any; ys: any}, context: SampleContext) => void;

/** Samples of arrays in memory. */
export class ArraySource implements SampleSource {
  readonly length: number;
  private readonly xs: Columns;
  private readonly ys: Columns;

  constructor(
    xs: SampleArrays,
    ys: SampleArrays,
    private readonly transform?: SampleTransform,
  ) {
    if (transform !== undefined && typeof transform !== 'function')
      reject('transform', 'a function', transform);
    this.xs = new Columns('xs', xs);
    this.ys = new Columns('ys', ys);
    this.length = this.xs.length;
    if (this.ys.length !== this.length) reject('ys', `of ${this.length} samples, as xs`, ys);
  }

  batch(request: BatchRequest): Batch {
    const {xs, ys, transform} = this;
    const [inputs, outputs] = [xs.gather(request.indices), ys.gather(request.indices)];
    if (transform) {
      for (let k = 0; k < request.indices.length; ++k) {
        const sample = {xs: xs.sample(inputs, k), ys: ys.sample(outputs, k)};
        const returned: unknown = transform(sample, sampleContext(request, k));
        if (returned !== undefined)
          reject('transform()', 'undefined: it changes the arrays in place', returned);
      }
    }
    return {xs: xs.tensors(inputs), ys: ys.tensors(outputs)};
  }
}

/** One unnamed column, or several named ones. */
class Columns {
  readonly length: number;
  private readonly names?: readonly string[];
  private readonly columns: readonly Column[];

  constructor(argument: string, arrays: unknown) {
    const isRecord = Object.getPrototypeOf(arrays ?? 0) === Object.prototype && !isShaped(arrays);
    if (isRecord) {
      this.names = Object.keys(arrays as object);
      if (this.names.length === 0) reject(argument, 'an array, or arrays by name', arrays);
      this.columns = Object.entries(arrays as object).map(
        ([name, array]) => new Column(`${argument}.${name}`, array),
      );
    } else {
      this.columns = [new Column(argument, arrays)];
    }
    this.length = this.columns[0].length;
    if (this.columns.some(({length}) => length !== this.length)) {
      reject(argument, 'arrays of one length', arrays);
    }
  }

  gather(indices: Int32Array): BatchValues[] {
    return this.columns.map((column) => column.gather(indices));
  }

  /** Views of the values of the k-th sample. */
  sample(values: BatchValues[], k: number): SampleValues {
    return this.named(
      values.map((all, c) => all.subarray(k * this.columns[c].size, (k + 1) * this.columns[c].size)),
    );
  }

  tensors(values: BatchValues[]): BatchTensors {
    return this.named(this.columns.map((column, c) => column.tensor(values[c])));
  }

  private named<T>(items: T[]): T | {[name: string]: T} {
    return this.names ? Object.fromEntries(this.names.map((name, c) => [name, items[c]])) : items[0];
  }
}
