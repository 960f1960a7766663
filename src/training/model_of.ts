import type * as tfl from '@tensorflow/tfjs-layers';
import type {LayersModel} from '@tensorflow/tfjs-layers';

/**
 * The model in training, which tfjs passes to a callback and declares private; for a Sequential it is the one inside.
 */
export function modelOf(callback: tfl.Callback): LayersModel {
  return (callback as unknown as {model: LayersModel}).model;
}
