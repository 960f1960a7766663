import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {History, LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {ClassScale} from './class_scale';
import {copyLayer} from './copy_layer';
import type {LabeledData} from './frozen_features';
import {lastDense} from './last_dense';
import {checkHeadOptions, type TrainHeadOptions, trainHead} from './train_head';

/** What was learned. */
export interface LearnedScales {
  /** By class, what its weights and bias were multiplied by, `[C]`. */
  scales: Float32Array;
  /** What `fit` returned. */
  history: History;
}

/**
 * Learnable weight scaling, LWS (Kang et al., ICLR 2020, arXiv 1910.09217, section 4.2): w̃_j = s_j · w_j, where the
 * scales s_j are all that is learned, on data in which classes are balanced. In the authors' code a scale multiplies the
 * logit, and so the bias, too. Scales are folded into the weights of the last dense layer: the model keeps its layers,
 * and needs nothing of this package to serve.
 *
 * Works on features computed as in inference; all other weights stay bit for bit, and all of them where something throws.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy()});
 * const images = trainImages.batch(32);
 * const {scales} = await learnableWeightScaling(model, images, {epochs: 2, classWeight: classWeights(freqInfo)});
 * console.log(scales.length); // → 100
 * ```
 *
 * @param model A model of one output, which ends in a dense layer, or in an activation after it.
 * @param data A data set of batches `{xs, ys}`, or `{xs, ys}`.
 * @throws ValueError naming the layer where there is no such classifier, and for options that are unknown, missing or
 *   out of range.
 */
export async function learnableWeightScaling(
  model: LayersModel,
  data: LabeledData,
  options: TrainHeadOptions,
): Promise<LearnedScales> {
  const {layer, activation} = lastDense(model);
  checkHeadOptions('learnableWeightScaling', model, data, options, []);
  const features = layer.input as SymbolicTensor;
  const outer = (model.outputs[0] as SymbolicTensor).sourceLayer;
  const input = tfl.input({shape: features.shape.slice(1)});
  const dense = copyLayer(layer, {name: `${layer.name}_frozen`, activation: 'linear', trainable: false});
  const scale = new ClassScale({name: `${layer.name}_scale`});
  const last = tfl.layers.activation({activation, name: outer.name});
  const logits = scale.apply(dense.apply(input)) as SymbolicTensor;
  const head = tfl.model({inputs: input, outputs: last.apply(logits) as SymbolicTensor});
  try {
    dense.setWeights(layer.getWeights());
    const history = await trainHead(model, features, head, data, options);
    const scales = Float32Array.from(scale.getWeights()[0].dataSync());
    tfc.tidy(() => layer.setWeights(layer.getWeights().map((weights) => scaled(weights, scales))));
    return {scales, history};
  } finally {
    head.dispose();
  }
}

/** Kernel `[features, C]` or bias `[C]` times the scales. */
function scaled(weights: Tensor, scales: Float32Array): Tensor {
  const values = weights.dataSync().map((value, i) => value * scales[i % scales.length]);
  return tfc.tensor(values, weights.shape);
}
