import type {History, LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {copyLayer} from './copy_layer';
import type {LabeledData} from './frozen_features';
import {lastDense} from './last_dense';
import {checkHeadOptions, type TrainHeadOptions, trainHead} from './train_head';

/** Options of `retrainClassifier`. */
export interface RetrainClassifierOptions extends TrainHeadOptions {
  /** Whether the classifier begins anew, by its own initializers, and not from its present weights. Default: true. */
  reinitialize?: boolean;
}

/**
 * Classifier re-training, cRT (Kang et al., ICLR 2020, arXiv 1910.09217, section 4.1): keeps the representation, begins
 * the last dense layer anew and trains it alone, on data in which classes are balanced. Give it balanced data (a sampler),
 * or weights of classes, and a plain loss: one that is itself adjusted for frequencies would adjust twice.
 *
 * Works on features computed as in inference, so that all other weights, moving averages included, stay bit for bit. The
 * model gets its new weights at the end, and keeps the old ones where something throws. It stays compiled as it was; its
 * optimizer still has the state of the old classifier.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy()});
 * const images = trainImages.batch(32);
 * const {history} = await retrainClassifier(model, images, {epochs: 2, classWeight: classWeights(freqInfo)});
 * ```
 *
 * @param model A model of one output, which ends in a dense layer, or in an activation after it.
 * @param data A data set of batches `{xs, ys}`, or `{xs, ys}`.
 * @returns What `fit` returns.
 * @throws ValueError naming the layer where there is no such classifier, and for options that are unknown, missing or
 *   out of range.
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
