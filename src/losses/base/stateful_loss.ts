import type {serialization} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {Labels} from '../../labels/labels';
import type {ClassState} from './class_state';
import {RowLoss, type RowLossOptions} from './row_loss';

/** Options common to losses that learn from the batches they see. */
export interface StatefulLossOptions extends RowLossOptions {
  /** C: the number of classes, without background. */
  numClasses: number;
  /** Whether objectness logits follow the C logits of the classes in yPred. Default: false. */
  objectness?: boolean;
}

/**
 * Losses with a state that training changes. Evaluation never does, nor does a rejected batch; the state is saved with
 * the model.
 */
export abstract class StatefulLoss extends RowLoss {
  /** C. */
  readonly numClasses: number;
  /** Whether yPred has objectness logits. */
  readonly objectness: boolean;

  protected constructor(options: StatefulLossOptions) {
    super(options);
    const {numClasses, objectness = false} = options ?? {};
    this.numClasses = requireInteger('numClasses', numClasses, 1);
    if (typeof objectness !== 'boolean') reject('objectness', 'true or false', objectness);
    this.objectness = objectness;
  }

  /** The state that `getState` returns, possibly on a GPU. */
  protected abstract readonly states: readonly ClassState[];

  /**
   * Copies the state from the GPU to memory. `model.save` does so by itself; on WebGPU, await it before calling
   * `getState` or changing backends.
   */
  override async readState(): Promise<void> {
    await Promise.all(this.states.map((state) => state.read()));
  }

  /**
   * The state that training has given the loss, as plain JSON. On WebGL, waits for it.
   *
   * @throws ValueError on WebGPU, unless `readState` was awaited first.
   */
  abstract override getState(): serialization.ConfigDict;

  /**
   * Continues from what `getState` returned.
   *
   * @throws ValueError for anything else.
   */
  abstract override setState(state: Record<string, unknown>): void;

  /**
   * @throws ValueError if the predictions have a different number of classes.
   */
  protected checkClasses({classes}: Labels): void {
    if (classes !== this.numClasses)
      reject('numClasses', `${classes}, the classes of yPred`, this.numClasses);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {...this.rowConfig(), num_classes: this.numClasses, objectness: this.objectness};
  }
}
