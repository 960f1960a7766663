import type {History, LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {copyLayer} from './copy_layer';
import type {LabeledData} from './frozen_features';
import {lastDense} from './last_dense';
import {checkHeadOptions, type TrainHeadOptions, trainHead} from './train_head';

/** Options of `retrainClassifier`. */
export interface RetrainClassifierOptions extends TrainHeadOptions {
  /** Whether the classifier starts from its own initializers instead of its present weights. Default: true. */
  reinitialize?: boolean;
}

/**
 * Classifier re-training, cRT (Kang et al., ICLR 2020, arXiv 1910.09217, section 4.1): keeps the representation,
 * reinitializes the last dense layer and trains only that, on class-balanced data. Pass balanced data (a sampler) or
 * class weights, and a plain loss: one that itself adjusts for frequencies would adjust twice.
 *
 * Works on features computed as in inference, so that all other weights, including moving averages, stay bit for bit.
 * The model gets its new weights at the end, and keeps the old ones if something throws. It stays compiled as it was;
 * its optimizer still holds the state of the old classifier.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy()});
 * const images = trainImages.batch(32);
 * const {history} = await retrainClassifier(model, images, {epochs: 2, classWeight: classWeights(freqInfo)});
 * ```
 *
 * @param model A single-output model that ends in a dense layer, or in an activation after one.
 * @param data A dataset of batches `{xs, ys}`, or `{xs, ys}`.
 * @returns The return value of `fit`.
 * @throws ValueError naming the layer if there is no such classifier, and for options that are unknown, missing or out
 *   of range.
 */
export async function retrainClassifier(
  model: LayersModel,
  data: LabeledData,
  options: RetrainClassifierOptions,
): Promise<History> {
  const {layer} = lastDense(model);
  checkHeadOptions('retrainClassifier', model, data, options, ['reinitialize']);
  const features = layer.input as SymbolicTensor;
  const input = tfl.input({shape: features.shape.slice(1)});
  const dense = copyLayer(layer);
  const outer = (model.outputs[0] as SymbolicTensor).sourceLayer;
  const logits = dense.apply(input) as SymbolicTensor;
  const outputs = outer === layer ? logits : (copyLayer(outer).apply(logits) as SymbolicTensor);
  const head = tfl.model({inputs: input, outputs});
  try {
    if (options.reinitialize === false) dense.setWeights(layer.getWeights());
    const history = await trainHead(model, features, head, data, options);
    layer.setWeights(dense.getWeights());
    return history;
  } finally {
    head.dispose();
  }
}
