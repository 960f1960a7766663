import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {Loss} from '../losses/loss';
import {ForegroundAccuracy} from '../metrics/foreground_accuracy';
import {Metric} from '../metrics/metric';
import {MetricPass} from './metric_pass';
import type {BatchFunction, LossOrMetricFn, ModelInternals} from './model_internals';

const records = new WeakMap<object, ModelRecord>();

/** The record of a model that was compiled with objects of this package, or undefined. */
export function recordOf(model: unknown): ModelRecord | undefined {
  return records.get(model as object);
}

/**
 * What tfjs does not tell losses and metrics: whether the model is training, and where a pass begins and ends.
 * It puts itself between a compiled model and its loss and metric objects.
 */
export class ModelRecord {
  /** Loss objects by output; undefined where the loss is a plain function. */
  readonly losses: Array<Loss | undefined>;
  /** Metric objects by their place in `metricsTensors`. */
  readonly metrics = new Map<number, Metric>();
  /** The pass of the `fit` or `fitDataset` that is going on, or of the last one. */
  trainingPass = new MetricPass();
  /** The pass of the train function made last, which becomes `trainingPass` where a `fit` begins. */
  nextTrainingPass = new MetricPass();
  /** The passes of test functions, of which several may be in use at a time. */
  readonly testPasses = new WeakMap<BatchFunction, MetricPass>();
  private current: {pass: MetricPass | undefined; training: boolean} | undefined;

  /** Wires a model that `compile` has just set up; forgets it where it holds no object of this package. */
  static attach(model: LayersModel): void {
    const internals = model as unknown as ModelInternals;
    recordOf(model)?.trainingPass.clear();
    records.delete(model);
    const record = new ModelRecord(internals);
    if (record.losses.some((loss) => loss != null) || record.metrics.size > 0) records.set(model, record);
  }

  private constructor(model: ModelInternals) {
    this.losses = model.lossFunctions.map((fn) => (fn instanceof Loss ? fn : undefined));
    model.lossFunctions = model.lossFunctions.map((fn) => this.inContext(fn));
    const lossSlots = model.outputs.length > 1 ? model.outputs.length : 0;
    model.metricsTensors.forEach((entry, slot) => {
      if (slot < lossSlots) {
        entry[0] = this.inContext(entry[0]);
        return;
      }
      const metric = this.metricFor(model, entry, model.metricsNames[slot + 1]);
      if (metric == null) return;
      this.metrics.set(slot, metric);
      entry[0] = (yTrue, yPred) =>
        this.current?.pass?.add(slot, metric, yTrue, yPred) ?? metric(yTrue, yPred);
    });
  }

  private inContext(fn: LossOrMetricFn): LossOrMetricFn {
    if (!(fn instanceof Loss)) return fn;
    return (yTrue: Tensor, yPred: Tensor) =>
      fn.call(yTrue, yPred, {training: this.current?.training ?? true});
  }

  // compile() turns the name 'accuracy' into a function that understands one-hot labels alone and takes an
  // all-zero row for class 0. Next to a loss that knows more forms of labels it must know them as well.
  private metricFor(
    model: ModelInternals,
    [fn, output]: [LossOrMetricFn, number],
    name: string,
  ): Metric | undefined {
    if (fn instanceof Metric) return fn;
    const outputShape = model.internalOutputShapes[output];
    const isAccuracy = name === (model.outputs.length > 1 ? `${model.outputNames[output]}_acc` : 'acc');
    const isByName =
      !Object.values(model.metrics ?? {})
        .flat()
        .includes(fn) && model.metrics !== fn;
    const isMultiClass = outputShape[outputShape.length - 1] !== 1;
    if (isAccuracy && isByName && isMultiClass && this.losses[output]?.checksLabels)
      return new ForegroundAccuracy();
    return undefined;
  }

  /** Runs one batch, of a pass or on its own. Synchronous, so other calls cannot come in between. */
  run(pass: MetricPass | undefined, training: boolean, batch: () => Tensor[]): Tensor[] {
    const outer = this.current;
    this.current = {pass, training};
    try {
      return batch();
    } finally {
      this.current = outer;
    }
  }

  /** `values` as the model reports them (total loss first), with those of metric objects over the whole pass. */
  withResults(pass: MetricPass, values: Tensor[]): Tensor[] {
    return values.map((value, i) => {
      const result = this.metrics.has(i - 1) ? pass.result(i - 1) : undefined;
      if (result != null) value.dispose();
      return result ?? value;
    });
  }
}
