import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {requireReal} from '../labels/labels';
import {checkLabelShape} from './label_shape';
import type {Patches} from './method';
import type {ModelInternals} from './model_internals';
import {recordOf} from './model_record';

/** What lets labels of any form through to losses that know them. */
export const labelPatches: Patches = {
  // tfjs demands labels of the output's shape. Losses that know integer labels and background columns look at the
  // labels themselves, here before anything is computed.
  standardizeUserDataXY: (original) =>
    function (this: ModelInternals, ...args) {
      const losses = recordOf(this)?.losses;
      if (losses == null) return original.apply(this, args);
      const shapes = this.feedOutputShapes;
      this.feedOutputShapes = shapes.map((shape, i) => (losses[i]?.checksLabels ? null : shape));
      try {
        // tfjs gives tensors [batch] a second dimension, and forgets them where it then refuses another.
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

/** Unknown dimensions of an output's shape, the batch and maybe others, as the labels have them. */
function fillUnknown(outputShape: number[], labelShape: number[]): number[] {
  return outputShape.map((size, i) => size ?? labelShape[i]);
}
