import type {Tensor} from '@tensorflow/tfjs-core';
import {serialization} from '@tensorflow/tfjs-core';
import {acrossCopies} from './across_copies';
import {callableInstance} from './callable';
import {classNameOf} from './constructor';
import {called} from './first_call';

/** How a loss is being used. tfjs-layers does not say; the hook into LayersModel does. */
export interface LossContext {
  /** False in `evaluate`, `evaluateDataset` and validation, true in `fit*` and `trainOnBatch`. Default: true. */
  training?: boolean;
  /** The place of the output that is judged, from 0, where the model has several: one loss may serve them all. */
  output?: number;
}

/** Loss objects are functions: `loss(yTrue, yPred)` is `loss.call(yTrue, yPred)`. */
export interface Loss {
  /** `call(yTrue, yPred)`. */
  // biome-ignore lint/style/useShorthandFunctionType: merges a call signature into the class below
  (yTrue: Tensor, yPred: Tensor): Tensor;
}

/**
 * Base of losses that are objects: they have a configuration, can be saved with a model and come back with it.
 * Extend it, give the class a static `className`, implement `call` and `getConfig`, and register it with
 * `registerLoss`.
 *
 * A loss that training changes, by averages of its own or the like, has `getState` and `setState` too.
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
  /** Of no meaning: a subclass may use it. */
  declare length: number;

  /** Whether `fit`, `evaluate` and `trainOnBatch` should let labels through that differ in shape from yPred. */
  get checksLabels(): boolean {
    return false;
  }

  /** What yPred has to hold; undefined where the loss does not care or does not say. */
  get expects(): 'logits' | 'probabilities' | undefined {
    return undefined;
  }

  /** Whether `compile` refuses a last layer whose activation gives something else than `expects`. */
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
   * Unreduced loss: one value per sample, or anything that tfjs may average.
   *
   * @param yTrue Labels.
   * @param yPred Predictions, float32 `[batch, …]`.
   * @param context Whether this is training; ask it where the two differ.
   * @returns float32 `[batch]`.
   */
  abstract call(yTrue: Tensor, yPred: Tensor, context?: LossContext): Tensor;

  /**
   * What training has done to this object, as plain JSON: a saved model holds it beside `getConfig()`, which says how the
   * object was made. Optional; a class that has it needs `setState` too, and hands on the state of what it holds.
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

  /**
   * Brings state that lies on a GPU to memory, where `getState` finds it. Optional; `model.save` awaits it first.
   */
  readState?(): Promise<void>;

  /**
   * Takes what `getState` gave; called once, on the object that `fromConfig` has made.
   *
   * @throws ValueError for anything else.
   */
  setState?(state: Record<string, unknown>): void;
}

acrossCopies(Loss, 'Loss');
