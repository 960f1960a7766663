import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {disposeElement} from '../../frequency/reading/dispose_element';
import type {ElementSource} from '../../frequency/reading/element_source';
import {symmetricBeta} from './beta';
import {listTensors, mapTensors, mixRows, rowsOfBatch, type Tensors} from './mix_tensors';
import {areShares, softLabels} from './soft_labels';
import {requireDataset, streamView} from './stream_view';

interface MixArgs {
  name: string;
  alpha: number;
  seed: number;
  numClasses?: number;
  /** λ of the labels of each row, or one for all. */
  labelShares: (mix: Mix) => Float32Array | Promise<Float32Array>;
}

/** How a batch is mixed. */
export interface Mix {
  /** λ of the inputs. */
  share: number;
  /** The row that each row is mixed with. */
  partners: Int32Array;
  /** The labels before mixing. */
  ys: Tensors;
}

/** Views batches with each row mixed with another of its batch, by one λ ~ Beta(α, α) per batch. */
export function mixBatches<D extends ElementSource>(dataset: D, args: MixArgs): D {
  requireDataset(dataset);
  const {name, alpha, seed, numClasses, labelShares} = args;
  return streamView(dataset, {name, seed, size: dataset.size}, ({source, random}) => async () => {
    const item = await source.next();
    if (item.done) return item;
    try {
      const rows = rowsOfBatch(name, item.value);
      const {xs, ys} = item.value as {xs: Tensors; ys: Tensors};
      const partners = random.shuffle(Int32Array.from({length: rows}, (_, i) => i));
      const share = symmetricBeta(alpha, random);
      const integers = await valuesOf(listTensors(ys), numClasses);
      const ofLabels = await labelShares({share, partners, ys});
      const mix = () => ({
        xs: mapTensors(xs, (tensor) => mixRows(tensor, partners, Float32Array.of(share))),
        ys: mapTensors(ys, (tensor) =>
          mixRows(softLabels(tensor, numClasses, integers.get(tensor)), partners, ofLabels),
        ),
      });
      return {value: tfc.tidy(mix as () => tfc.TensorContainerObject), done: false};
    } finally {
      disposeElement(item.value);
    }
  });
}

/** Reads the values of integer labels. */
async function valuesOf(
  labels: Tensor[],
  numClasses: number | undefined,
): Promise<Map<Tensor, ArrayLike<number>>> {
  const values = new Map<Tensor, ArrayLike<number>>();
  for (const tensor of labels) if (!areShares(tensor, numClasses)) values.set(tensor, await tensor.data());
  return values;
}
