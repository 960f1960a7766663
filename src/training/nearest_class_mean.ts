import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {sampleWeights} from '../serialization/sample_weights';
import {copyModel} from './copy_model';
import {batchesOf, FrozenFeatures, isDataset, type LabeledData} from './frozen_features';
import {lastDense} from './last_dense';

/** How the nearest class mean is found. */
export interface NearestClassMeanOptions {
  /** Name of the layer whose output is the features `[batch, F]`. Default: the input of the last dense layer. */
  layer?: string;
  /** Nearest by distance or by angle. Default: `'euclidean'`. */
  metric?: 'euclidean' | 'cosine';
}

/** Below any logit, but a number that files can hold. */
const NEVER = -1e30;

/**
 * Builds a model that gives each sample the class with the nearest feature mean, NCM (Kang et al., ICLR 2020, arXiv
 * 1910.09217, section 4.1): no weights are learned, so no class has larger ones. The means μ_j are folded into a dense
 * layer whose arg max is the nearest mean: x · μ_j − ‖μ_j‖² / 2 (both minus what all classes share) or, for `'cosine'`,
 * x · μ_j / ‖μ_j‖. The result is a new, uncompiled LayersModel, which can be served without this package. Its outputs
 * are scores; their softmax is not a calibrated probability.
 *
 * Background and classes without samples are never predicted. The number of classes is that of the given model's
 * logits.
 *
 * @example
 * ```ts
 * const nearest = await nearestClassMean(model, {xs, ys}, {metric: 'cosine'});
 * const classes = tf.argMax(nearest.predict(xs) as tf.Tensor, -1);
 * ```
 *
 * @param model A single-output model that ends in a dense layer of C units, or in an activation after one.
 * @param data A dataset of batches `{xs, ys}`, or `{xs, ys}`. Labels `[batch]`, `[batch, 1]`, `[batch, C]` or `[batch,
 *   C + 1]`, of one class each.
 * @throws ValueError for features that are not `[batch, F]`, labels of several classes, and unknown layers or options.
 */
export async function nearestClassMean(
  model: LayersModel,
  data: LabeledData,
  options: NearestClassMeanOptions = {},
): Promise<LayersModel> {
  checkOptions('nearestClassMean', options, ['layer', 'metric']);
  const {layer: name, metric = 'euclidean'} = options;
  if (metric !== 'euclidean' && metric !== 'cosine') reject('metric', "'euclidean' or 'cosine'", metric);
  const {layer, units} = lastDense(model);
  isDataset(data);
  if (name !== undefined && !model.layers.some((one) => one.name === name)) {
    reject('layer', `one of ${model.layers.map((one) => one.name).join(', ')}`, name);
  }
  const features = (name === undefined ? layer.input : model.getLayer(name).output) as SymbolicTensor;
  if (features.shape?.length !== 2) reject('layer', 'one whose output is [batch, features]', features);
  const means = await classMeans(
    new FrozenFeatures(model, features),
    data,
    features.shape[1] as number,
    units,
  );
  const [kernel, bias] = metric === 'cosine' ? byAngle(means) : byDistance(means);
  const weights = () => [tfc.tensor2d(transposed(kernel)), tfc.tensor1d(bias)];
  if (name === undefined) return copyModel(model, layer, {useBias: true}, weights);
  return withDense(model, name, units, weights);
}

/** Computes the mean of each class, float64; undefined for classes without samples. */
async function classMeans(
  features: FrozenFeatures,
  data: LabeledData,
  size: number,
  classes: number,
): Promise<Array<Float64Array | undefined>> {
  const sums = Array.from({length: classes}, () => new Float64Array(size));
  const counts = new Float64Array(classes);
  const indices = Array.from({length: classes + 1}, (_, j) => j);
  for await (const {xs, ys} of batchesOf(data)) {
    const computed = features.of(xs);
    const held = await sampleWeights(labelsOf(ys), indices);
    const [values, labels] = await Promise.all([computed.data(), held.data()]);
    tfc.dispose([computed, held]);
    for (let row = 0; row < labels.length; ++row) {
      if (labels[row] === classes) continue;
      ++counts[labels[row]];
      const sum = sums[labels[row]];
      for (let i = 0; i < size; ++i) sum[i] += values[row * size + i];
    }
  }
  if (counts.every((count) => count === 0)) reject('data', 'of at least one sample of a class', data);
  return sums.map((sum, j) => (counts[j] === 0 ? undefined : sum.map((value) => value / counts[j])));
}

function labelsOf(ys: unknown): Tensor {
  const labels = ys instanceof tfc.Tensor ? ys : Object.values(ys as Record<string, Tensor>)[0];
  return labels instanceof tfc.Tensor ? labels : reject('ys', 'a tensor of labels', ys);
}

type Linear = [kernel: Float64Array[], bias: number[]];
type Means = Array<Float64Array | undefined>;

function byDistance(means: Means): Linear {
  const present = means.flatMap((mean) => (mean ? [mean] : []));
  // Subtracted from all means alike, it changes no arg max, and leaves more digits.
  const shared = present[0].map((_, i) => present.reduce((sum, mean) => sum + mean[i], 0) / present.length);
  const kernel = means.map((mean) => mean?.map((value, i) => value - shared[i]) ?? shared.map(() => 0));
  const bias = means.map((mean) => (mean ? (squared(shared) - squared(mean)) / 2 : NEVER));
  return [kernel, bias];
}

function byAngle(means: Means): Linear {
  const size = means.find((mean) => mean !== undefined)?.length ?? 0;
  const kernel = means.map((mean) => {
    const length = mean ? Math.sqrt(squared(mean)) : 0;
    return mean && length > 0 ? mean.map((value) => value / length) : new Float64Array(size);
  });
  return [kernel, means.map((mean) => (mean ? 0 : NEVER))];
}

function squared(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

function transposed(columns: Float64Array[]): number[][] {
  return Array.from(columns[0], (_, i) => columns.map((column) => column[i]));
}

/** Appends a dense layer to the model up to a layer. */
function withDense(model: LayersModel, name: string, units: number, weights: () => Tensor[]): LayersModel {
  const {layer} = lastDense(model);
  const copy = copyModel(model, layer, {}, (current) => current);
  const dense = tfl.layers.dense({units, name: `${name}_means`});
  const outputs = dense.apply(copy.getLayer(name).output as SymbolicTensor) as SymbolicTensor;
  const made = tfl.model({inputs: copy.inputs as SymbolicTensor[], outputs, name: copy.name});
  tfc.tidy(() => dense.setWeights(weights()));
  const used = new Set(made.layers);
  for (const unused of copy.layers) if (!used.has(unused)) unused.dispose();
  return made;
}
