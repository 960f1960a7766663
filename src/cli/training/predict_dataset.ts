import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {LabeledDataset} from '../../io/datasets';

/** A model's predictions for images. */
export interface Predictions {
  /** The class of each readable image. */
  actual: Int32Array;
  /** The predicted class of each. */
  predicted: Int32Array;
}

/** Predicts a whole dataset. */
export async function predictDataset(model: LayersModel, dataset: LabeledDataset): Promise<Predictions> {
  const actual: number[] = [];
  const predicted: number[] = [];
  const iterator = await dataset.iterator();
  for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
    const {xs, ys} = item.value as {xs: Tensor; ys: Tensor};
    const classes = tfc.tidy(() => tfc.argMax(model.predict(xs) as Tensor, -1));
    actual.push(...(await ys.data()));
    predicted.push(...(await classes.data()));
    tfc.dispose([xs, ys, classes]);
  }
  return {actual: Int32Array.from(actual), predicted: Int32Array.from(predicted)};
}
