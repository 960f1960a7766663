import type {Tensor} from '@tensorflow/tfjs-core';
import {serialization} from '@tensorflow/tfjs-core';
import {acrossCopies} from './across_copies';
import {callableInstance} from './callable';
import {classNameOf} from './constructor';
import {called} from './first_call';

/** How a loss is being used. tfjs-layers does not tell; the hook into LayersModel does. */
export interface LossContext {
  /** False in `evaluate`, `evaluateDataset` and validation, true in `fit*` and `trainOnBatch`. Default: true. */
  training?: boolean;
  /** The index of the output, from 0, if the model has several: one loss may serve them all. */
  output?: number;
}

/** Loss objects are functions: `loss(yTrue, yPred)` is `loss.call(yTrue, yPred)`. */
export interface Loss {
  /** `call(yTrue, yPred)`. */
  // biome-ignore lint/style/useShorthandFunctionType: merges a call signature into the class below
  (yTrue: Tensor, yPred: Tensor): Tensor;
}

/**
 * Base class of losses that are objects: they have a configuration, and are saved and loaded with a model. To define
 * one, extend it, give the class a static `className`, implement `call` and `getConfig`, and register it with
 * `registerLoss`.
 *
 * A loss that training changes, for example by its own running averages, also has `getState` and `setState`.
 *
 * An instance *is* a function, with the class's methods as its prototype.
 *
 * @example
 * ```ts
 * class SquaredError extends Loss {
 *   static className = 'SquaredError';
 *   call(yTrue: tf.Tensor, yPred: tf.Tensor) {
 *     return tf.sum(tf.squaredDifference(yTrue, yPred), -1);
 *   }
 *   getConfig() {
 *     return {};
 *   }
 * }
 * registerLoss(SquaredError, {package: 'docs'}); // saved as "docs>SquaredError"
 *
 * const loss = new SquaredError();
 * console.log(loss(tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 5]])).dataSync()); // → Float32Array(1) [ 13 ]
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor returns a function of that signature
export abstract class Loss extends serialization.Serializable {
  /** The class's `className`; a subclass may assign another. */
  declare name: string;
  /** Unused; a subclass may define it. */
  declare length: number;

  /** Whether `fit`, `evaluate` and `trainOnBatch` should accept labels that differ in shape from yPred. */
  get checksLabels(): boolean {
    return false;
  }

  /** What yPred has to hold; undefined if the loss does not specify it. */
  get expects(): 'logits' | 'probabilities' | undefined {
    return undefined;
  }

  /** Whether `compile` rejects a last layer whose activation outputs something other than `expects`. */
  get checksActivation(): boolean {
    return this.expects !== undefined;
  }

  /** For subclasses, which need a static `className`. */
  constructor() {
    super();
    const name = classNameOf(new.target);
    const self: this = callableInstance(new.target, name, (yTrue: Tensor, yPred: Tensor) => {
      called(yPred);
      return self.call(yTrue, yPred);
    });
    // biome-ignore lint/correctness/noConstructorReturn: the callable stands in for the instance
    return self;
  }

  /**
   * Computes the unreduced loss: one value per sample, or anything that tfjs may average.
   *
   * @param yTrue Labels.
   * @param yPred Predictions, float32 `[batch, …]`.
   * @param context Whether this is training, for losses that differ in evaluation.
   * @returns float32 `[batch]`.
   */
  abstract call(yTrue: Tensor, yPred: Tensor, context?: LossContext): Tensor;

  /**
   * The state that training has given this object, as plain JSON. A saved model holds it next to `getConfig()`, which
   * tells how the object was made. Optional; a class that has it also needs `setState`, and must include the state of
   * objects that it holds.
   *
   * @example
   * ```ts
   * class Rising extends Loss {
   *   static className = 'Rising';
   *   private batches = 0;
   *   call(yTrue: tf.Tensor, yPred: tf.Tensor, {training = true}: LossContext = {}) {
   *     if (training) this.batches += 1;
   *     return tf.mul(this.batches, tf.sum(tf.squaredDifference(yTrue, yPred), -1));
   *   }
   *   getConfig() {
   *     return {};
   *   }
   *   override getState() {
   *     return {batches: this.batches};
   *   }
   *   override setState(state: Record<string, unknown>) {
   *     this.batches = Number(state.batches);
   *   }
   * }
   * registerLoss(Rising, {package: 'docs'}); // a saved model goes on with the batches it has seen
   *
   * const rising = new Rising();
   * rising(tf.tensor2d([[1]]), tf.tensor2d([[2]]));
   * console.log(rising.getState()); // → { batches: 1 }
   * ```
   */
  getState?(): serialization.ConfigDict;

  /** Copies state from a GPU to memory, for `getState`. Optional; `model.save` awaits it first. */
  readState?(): Promise<void>;

  /**
   * Restores what `getState` returned. Called once, on the object that `fromConfig` has made.
   *
   * @throws ValueError for anything else.
   */
  setState?(state: Record<string, unknown>): void;
}

acrossCopies(Loss, 'Loss');
