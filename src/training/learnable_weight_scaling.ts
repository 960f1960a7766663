import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {History, LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {ClassScale} from './class_scale';
import {copyLayer} from './copy_layer';
import type {LabeledData} from './frozen_features';
import {lastDense} from './last_dense';
import {checkHeadOptions, type TrainHeadOptions, trainHead} from './train_head';

/** The learned scales. */
export interface LearnedScales {
  /** The factor of each class's weights and bias, `[C]`. */
  scales: Float32Array;
  /** The return value of `fit`. */
  history: History;
}

/**
 * Learnable weight scaling, LWS (Kang et al., ICLR 2020, arXiv 1910.09217, section 4.2): w̃_j = s_j · w_j, where only
 * the scales s_j are learned, on class-balanced data. As in the authors' code, a scale multiplies the logit, and thus
 * the bias, too. The scales are folded into the weights of the last dense layer: the model keeps its layers, and can be
 * served without this package.
 *
 * Works on features computed as in inference. All other weights stay bit for bit, and if something throws, so do these.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy()});
 * const images = trainImages.batch(32);
 * const {scales} = await learnableWeightScaling(model, images, {epochs: 2, classWeight: classWeights(freqInfo)});
 * console.log(scales.length); // → 100
 * ```
 *
 * @param model A single-output model that ends in a dense layer, or in an activation after one.
 * @param data A dataset of batches `{xs, ys}`, or `{xs, ys}`.
 * @throws ValueError naming the layer if there is no such classifier, and for options that are unknown, missing or out
 *   of range.
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

/** Multiplies a kernel `[features, C]` or bias `[C]` by the scales. */
function scaled(weights: Tensor, scales: Float32Array): Tensor {
  const values = weights.dataSync().map((value, i) => value * scales[i % scales.length]);
  return tfc.tensor(values, weights.shape);
}
