import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {requireReal} from '../labels/labels';
import {checkLabelShape} from './label_shape';
import type {Patches} from './method';
import type {ModelInternals} from './model_internals';
import {recordOf} from './model_record';

/** Lets labels of any form through to losses that accept them. */
export const labelPatches: Patches = {
  // tfjs requires labels of the output's shape. Losses that accept integer labels and background columns check the
  // labels themselves, here before anything is computed.
  standardizeUserDataXY: (original) =>
    function (this: ModelInternals, ...args) {
      const losses = recordOf(this)?.losses;
      if (losses == null) return original.apply(this, args);
      const shapes = this.feedOutputShapes;
      this.feedOutputShapes = shapes.map((shape, i) => (losses[i]?.checksLabels ? null : shape));
      try {
        // tfjs expands tensors [batch] to [batch, 1], and leaks them if it then refuses another.
        return tfc.tidy(() => {
          const standardized: [Tensor[], Tensor[]] = original.apply(this, args);
          standardized[1].forEach((y, i) => {
            requireReal('yTrue', y);
            const loss = losses[i];
            if (loss?.checksLabels)
              checkLabelShape(loss, y.shape, fillUnknown(shapes[i] as number[], y.shape));
          });
          return standardized;
        });
      } finally {
        this.feedOutputShapes = shapes;
      }
    },
};

/** Fills unknown dimensions of an output's shape, such as the batch, with those of the labels. */
function fillUnknown(outputShape: number[], labelShape: number[]): number[] {
  return outputShape.map((size, i) => size ?? labelShape[i]);
}
