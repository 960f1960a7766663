import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** Multiplies the logits of each class by a learned number, initially 1. Used only in training, never saved. */
export class ClassScale extends tfl.layers.Layer {
  static readonly className = 'ClassScale';

  override build(inputShape: tfl.Shape): void {
    const classes = inputShape[inputShape.length - 1] as number;
    this.addWeight('scale', [classes], 'float32', tfl.initializers.ones());
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [logits] = Array.isArray(inputs) ? inputs : [inputs];
    return tfc.mul(logits, this.weights[0].read());
  }
}
