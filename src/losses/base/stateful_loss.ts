import type {serialization} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {Labels} from '../../labels/labels';
import type {ClassState} from './class_state';
import {RowLoss, type RowLossOptions} from './row_loss';

/** What losses that learn from the batches they see have in common. */
export interface StatefulLossOptions extends RowLossOptions {
  /** C: the number of classes, without background. */
  numClasses: number;
  /** Whether logits of objectness follow the C logits of the classes in yPred. Default: false. */
  objectness?: boolean;
}

/**
 * Losses whose state training moves. Evaluation never does, nor does a batch that is rejected; the state is saved with
 * the model.
 */
export abstract class StatefulLoss extends RowLoss {
  /** C. */
  readonly numClasses: number;
  /** Whether yPred has logits of objectness. */
  readonly objectness: boolean;

  protected constructor(options: StatefulLossOptions) {
    super(options);
    const {numClasses, objectness = false} = options ?? {};
    this.numClasses = requireInteger('numClasses', numClasses, 1);
    if (typeof objectness !== 'boolean') reject('objectness', 'true or false', objectness);
    this.objectness = objectness;
  }

  /** What `getState` gives, maybe on a GPU. */
  protected abstract readonly states: readonly ClassState[];

  /**
   * Brings the state from the GPU to memory. `model.save` does so by itself; await it before calling `getState`, or
   * changing backends, on WebGPU.
   */
  override async readState(): Promise<void> {
    await Promise.all(this.states.map((state) => state.read()));
  }

  /**
   * What training has done to the loss, as plain JSON. On WebGL it waits for it.
   *
   * @throws ValueError on WebGPU, unless `readState` was awaited first.
   */
  abstract override getState(): serialization.ConfigDict;

  /**
   * Goes on from what `getState` gave.
   *
   * @throws ValueError for anything else.
   */
  abstract override setState(state: Record<string, unknown>): void;

  /** @throws ValueError when the predictions have another number of classes. */
  protected checkClasses({classes}: Labels): void {
    if (classes !== this.numClasses)
      reject('numClasses', `${classes}, the classes of yPred`, this.numClasses);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {...this.rowConfig(), num_classes: this.numClasses, objectness: this.objectness};
  }
}
