import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';

export type LossOrMetricFn = (yTrue: Tensor, yPred: Tensor) => Tensor;
export type Entry = string | LossOrMetricFn;
export type Entries = Entry | Entry[] | {[output: string]: Entry | Entry[]};
/** Takes inputs, labels, and by output (null for none) weights by class and weights by sample. */
export type BatchFunction = (data: Array<Tensor | null>) => Tensor[];

/** `model`, with members that tfjs's types hide. */
export function internalsOf(model: LayersModel): ModelInternals {
  return model as unknown as ModelInternals;
}

/** Members of a LayersModel of tfjs-layers 4.22 that the hook reads and replaces, most of them private. */
export interface ModelInternals extends Omit<LayersModel, 'loss' | 'metrics'> {
  loss: Entries;
  metrics: Entries;
  isTraining: boolean;
  lossFunctions: LossOrMetricFn[];
  feedOutputShapes: Array<number[] | null>;
  internalOutputShapes: number[][];
  /** Pairs of a function and the index of the output it judges; with several outputs, their losses come first. */
  metricsTensors: Array<[LossOrMetricFn, number]>;
  testFunction: BatchFunction;
  getTrainingConfig(): unknown;
  makeTrainFunction(): BatchFunction;
  getDedupedMetricsNames(): string[];
  standardizeUserData(...args: unknown[]): Promise<[Tensor[], Tensor[], Array<Tensor | null> | null]>;
  standardizeUserDataXY(
    x: unknown,
    y: unknown,
    checkBatchAxis?: boolean,
    batchSize?: number,
  ): [Tensor[], Tensor[]];
}
