import type {Tensor1D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../core/host_backend';
import {labelAt, readLabels} from '../../labels/host_labels';
import {denseLabels, type Labels} from '../../labels/labels';

/**
 * The weight of each row by its classes' weights, `[rows]`: Σ_j y_j w_j, or their mean for several positives. What a
 * row's sum lacks to 1 is background, which weighs 1.
 *
 * @param weights w_j, `[C]`.
 */
export function labelWeights(labels: Labels, weights: Float64Array): Tensor1D {
  return onHostBackend()
    ? tfc.tensor1d(Float32Array.from(readWeights(labels, weights)))
    : composedWeights(labels, weights);
}

/** The same in memory, on backends whose memory JavaScript reads. */
export function readWeights(labels: Labels, weights: Float64Array): Float64Array {
  const {rows, classes} = labels;
  const read = readLabels(labels);
  const of = (row: number) => {
    if (read.form === 'index') return weights[read.values[row]] ?? 1;
    let sum = 0;
    let mass = 0;
    for (let j = 0; j < classes; ++j) {
      const y = labelAt(read, row, j);
      sum += y * weights[j];
      mass += y;
    }
    return mass > 1 ? sum / mass : sum + 1 - mass;
  };
  return new Float64Array(rows).map((_, row) => of(row));
}

function composedWeights(labels: Labels, weights: Float64Array): Tensor1D {
  const y = denseLabels(labels);
  const mass = tfc.sum(y, 1);
  const sum = tfc.sum(tfc.mul(y, tfc.tensor2d(Float32Array.from(weights), [1, weights.length])), 1);
  return tfc.add(tfc.div(sum, tfc.maximum(mass, 1)), tfc.relu(tfc.sub(1, mass))) as Tensor1D;
}
