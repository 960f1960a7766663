import type * as tfl from '@tensorflow/tfjs-layers';
import type {LayersModel} from '@tensorflow/tfjs-layers';

/** The model that trains, which tfjs hands to a callback and declares private; of a Sequential it is one inside. */
export function modelOf(callback: tfl.Callback): LayersModel {
  return (callback as unknown as {model: LayersModel}).model;
}
