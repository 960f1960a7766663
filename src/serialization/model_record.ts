import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {batchStatistics, countTrained, Metric, type MetricContext, scalarResult} from '../core/metric';
import {RowLoss} from '../losses/base/row_loss';
import {lossEntries, metricEntries} from './compile_entries';
import {warnOfEmptyGroup} from './empty_group';
import {checkLabelShape} from './label_shape';
import {metricContext} from './metric_context';
import {uniqueNames} from './metric_names';
import {MetricPass} from './metric_pass';
import {
  type BatchFunction,
  type Entry,
  internalsOf,
  type LossOrMetricFn,
  type ModelInternals,
} from './model_internals';
import {metricKey, metricOfAnyLabels, takesProbabilities, warnOfLogits} from './named_metrics';
import {perSampleLosses} from './output_losses';

const records = new WeakMap<object, ModelRecord>();

/** The record of a model that was compiled with objects of this package, or undefined. */
export function recordOf(model: unknown): ModelRecord | undefined {
  return records.get(model as object);
}

/** The batch being computed. */
interface Batch {
  pass: MetricPass | undefined;
  training: boolean;
  /** By output, sample weights, if any. */
  weights: Array<Tensor | null>;
}

/**
 * Tells losses and metrics what tfjs does not: whether the model is training, and where a pass begins and ends. Sits
 * between a compiled model and its loss and metric functions.
 */
export class ModelRecord {
  /** Loss objects by output; undefined if the loss is a plain function. */
  readonly losses: Array<Loss | undefined>;
  /** Metric objects by their index in `metricsTensors`. */
  readonly metrics = new Map<number, Metric>();
  /** The pass of the running `fit` or `fitDataset`, or of the last one. */
  trainingPass = new MetricPass();
  /** The pass of the latest train function, which becomes `trainingPass` when a `fit` begins. */
  nextTrainingPass = new MetricPass();
  /** The passes of test functions; several may be in use at a time. */
  testPasses = new WeakMap<BatchFunction, MetricPass>();
  private current: Batch | undefined;
  /** Metrics that have not yet judged a batch, by their slot. */
  private readonly untried = new Map<number, {metric: Metric; output: number; context: MetricContext}>();
  /** Statistics of those metrics for the batch being computed. */
  private readonly tried = new Map<number, {yPred: Tensor; statistics: Tensor[]}>();

  /** Wires a model that `compile` has just set up; forgets it if it has no object of this package. */
  static attach(model: LayersModel): void {
    const internals = internalsOf(model);
    recordOf(model)?.trainingPass.clear();
    records.delete(model);
    const functions = [...internals.lossFunctions, ...internals.metricsTensors.map(([fn]) => fn)];
    if (functions.some((fn) => fn instanceof Loss || fn instanceof Metric)) {
      records.set(model, new ModelRecord(internals));
    }
  }

  /**
   * Switches a model to the setup that `from` was compiled with, in the middle of its passes.
   *
   * @param from A view of the model.
   */
  static move(from: object, to: object): void {
    const [before, next] = [records.get(to), records.get(from)];
    records.delete(from);
    records.delete(to);
    if (next === undefined) before?.trainingPass.clear();
    else records.set(to, next);
    if (next === undefined || before === undefined) return;
    next.trainingPass = before.trainingPass;
    next.nextTrainingPass = before.nextTrainingPass;
    next.testPasses = before.testPasses;
  }

  private constructor(model: ModelInternals) {
    this.losses = model.lossFunctions.map((fn) => (fn instanceof Loss ? fn : undefined));
    model.lossFunctions = model.lossFunctions.map((fn, output) => this.lossFunction(fn, output));
    model.metricsNames = uniqueNames(model.metricsNames);
    const lossSlots = model.outputs.length > 1 ? model.outputs.length : 0;
    const contexts = lossEntries(model.loss, model.outputNames).map((loss, i) =>
      metricContext(loss, model.outputs[i]),
    );
    const entries = metricEntries(model.metrics, model.outputNames);
    entries.forEach((ofOutput, output) => {
      this.warnOfLogits(ofOutput, model, output);
    });
    const given = entries.flat();
    model.metricsTensors.forEach((entry, slot) => {
      const [fn, output] = entry;
      if (slot < lossSlots) {
        entry[0] = model.lossFunctions[output];
        return;
      }
      const known = this.withAnyLabels(fn, given[slot - lossSlots], model, output);
      entry[0] = known instanceof Metric ? this.wholePass(known, slot, output, contexts[output]) : known;
    });
  }

  private lossFunction(fn: LossOrMetricFn, output: number): LossOrMetricFn {
    // tfjs allows a dictionary of losses to omit an output.
    if (fn == null) return fn;
    const place = this.losses.length > 1 ? {output} : {};
    return (yTrue, yPred) => {
      const {current} = this;
      const training = current?.training ?? true;
      // Check the labels for the loss first: metrics may accept labels that it refuses.
      if (training && fn instanceof RowLoss) checkLabelShape(fn, yTrue.shape, yPred.shape);
      if (training) this.tryMetrics(output, yTrue, yPred);
      const values = fn instanceof Loss ? fn.call(yTrue, yPred, {training, ...place}) : fn(yTrue, yPred);
      return perSampleLosses(fn, values, yPred, current?.weights[output] != null);
    };
  }

  private withAnyLabels(
    fn: LossOrMetricFn,
    entry: Entry,
    model: ModelInternals,
    output: number,
  ): Metric | LossOrMetricFn {
    if (fn instanceof Metric) return fn;
    // As a metric, a loss is computed as in evaluation, without random draws.
    if (fn instanceof Loss) return (yTrue, yPred) => fn.call(yTrue, yPred, {training: false});
    const key = this.losses[output]?.checksLabels ? metricKey(entry) : undefined;
    if (key === undefined) return fn;
    const known = metricOfAnyLabels(key, fn, classesOf(model, output));
    const loss = this.losses[output];
    if (!(known instanceof Metric) && loss instanceof RowLoss && loss.ignoreLabel !== undefined) {
      reject('metrics', "'accuracy' or metrics of tfjs-longtail next to a loss with `ignoreLabel`", key);
    }
    return known;
  }

  private wholePass(metric: Metric, slot: number, output: number, context: MetricContext): LossOrMetricFn {
    warnOfEmptyGroup(metric);
    this.metrics.set(slot, metric);
    this.untried.set(slot, {metric, output, context});
    return (yTrue, yPred) => {
      const tried = this.tried.get(slot);
      this.tried.delete(slot);
      const known = tried?.yPred === yPred ? tried.statistics : undefined;
      const {pass, training} = this.current ?? {};
      if (pass !== undefined) return pass.add(slot, metric, yTrue, yPred, context, known);
      return tfc.tidy(() => {
        const statistics = known ?? batchStatistics(metric, yTrue, yPred, context);
        const value = scalarResult(metric, statistics);
        if (training) countTrained(metric, statistics);
        return value;
      });
    };
  }

  // Tries metrics first: a metric must be refused before the loss has drawn or counted anything.
  private tryMetrics(output: number, yTrue: Tensor, yPred: Tensor): void {
    for (const [slot, entry] of this.untried) {
      if (entry.output !== output) continue;
      const statistics = batchStatistics(entry.metric, yTrue, yPred, entry.context);
      tfc.dispose(scalarResult(entry.metric, statistics));
      this.tried.set(slot, {yPred, statistics});
      this.untried.delete(slot);
    }
  }

  private warnOfLogits(entries: Entry[], model: ModelInternals, output: number): void {
    const loss = this.losses[output];
    if (!loss?.checksLabels || loss.expects !== 'logits') return;
    const wrong = entries
      .map((entry) => metricKey(entry) ?? '')
      .filter((key) => takesProbabilities(key, classesOf(model, output)));
    if (wrong.length > 0) warnOfLogits(wrong, model.outputNames[output]);
  }

  /** Runs one batch, of a pass or alone. Synchronous, so that no other call can interleave. */
  run(batch: Batch, compute: () => Tensor[]): Tensor[] {
    const outer = this.current;
    this.current = batch;
    try {
      return compute();
    } finally {
      this.current = outer;
    }
  }

  /**
   * Replaces the values of metric objects in `values` (as the model reports them, total loss first) by those over the
   * whole pass.
   */
  withResults(pass: MetricPass, values: Tensor[]): Tensor[] {
    return values.map((value, i) => {
      const result = this.metrics.has(i - 1) ? pass.result(i - 1) : undefined;
      if (result != null) value.dispose();
      return result ?? value;
    });
  }
}

function classesOf(model: ModelInternals, output: number): number | null {
  const shape = model.internalOutputShapes[output];
  return shape[shape.length - 1];
}
