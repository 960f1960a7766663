import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import type {ElementSource} from '../frequency';

/** Data with labels: a dataset of batches `{xs, ys}`, as in `fitDataset`, or all of it at once. */
export type LabeledData =
  | ElementSource
  | {
      /** Inputs, as `fit` takes them. */
      xs: tfc.TensorContainer;
      /** Labels, as `fit` takes them. */
      ys: tfc.TensorContainer;
    };

type Inputs = Tensor | Tensor[] | Record<string, Tensor>;
type Batch = {xs: Inputs; ys: unknown};

/** The part of a model up to `output`, which computes features as in inference: without dropout. Owns no weights. */
export class FrozenFeatures {
  private readonly part: LayersModel;

  constructor(
    private readonly model: LayersModel,
    output: SymbolicTensor,
  ) {
    this.part = tfl.model({inputs: model.inputs as SymbolicTensor[], outputs: output});
  }

  /** Computes features of inputs in any form that `fit` accepts. */
  of(xs: Inputs): Tensor {
    const {inputNames} = this.model;
    const isNamed = !(xs instanceof tfc.Tensor || Array.isArray(xs));
    const inputs = isNamed ? inputNames.map((name) => xs[name]) : xs;
    return this.part.predict(inputs) as Tensor;
  }

  /** Maps a dataset's inputs, which are disposed of, to features. */
  over<T>(dataset: T): T {
    const source = dataset as ElementSource & {size?: number};
    const iterator = async () => {
      const batches = await source.iterator();
      return {
        next: async () => {
          const {value, done} = (await batches.next()) as IteratorResult<Batch | null>;
          if (value == null) return {value, done};
          const xs = this.of(value.xs);
          tfc.dispose(value.xs);
          return {value: {...value, xs}, done};
        },
      };
    };
    return {size: source.size, iterator} as T;
  }
}

/** Whether data comes in batches. @throws ValueError if it is neither a dataset nor `{xs, ys}`. */
export function isDataset(data: unknown): data is ElementSource {
  if (typeof (data as ElementSource)?.iterator === 'function') return true;
  const whole = data as Partial<Batch> | undefined;
  if (whole?.xs == null || whole.ys == null) reject('data', 'a data set of batches, or {xs, ys}', data);
  return false;
}

/** Yields batches of data. Those of a dataset are disposed of when the next one is requested. */
export async function* batchesOf(data: LabeledData): AsyncGenerator<Batch> {
  if (!isDataset(data)) {
    // Its types are those of `fit`, wider than a batch's.
    yield data as unknown as Batch;
    return;
  }
  const batches = await data.iterator();
  for (;;) {
    const {value, done} = (await batches.next()) as IteratorResult<Batch | null>;
    if (value != null) {
      try {
        yield value;
      } finally {
        // Dispose of sample weights too, which the type of a batch omits.
        tfc.dispose(value as unknown as tfc.TensorContainer);
      }
    }
    if (done) return;
  }
}
