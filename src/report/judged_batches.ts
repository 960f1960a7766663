import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {LayersModel} from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {type FrequencyInfo, namesOf} from '../frequency';
import {labelsToIndices} from '../labels/class_names';
import {metricContext} from '../serialization/metric_context';
import type {Entry} from '../serialization/model_internals';
import {batchesOf, type LabeledData} from '../training/frozen_features';

/** Anything that predicts: a LayersModel, a GraphModel or an object of your own. */
export interface Predictor {
  /** Logits or probabilities `[batch, …, C]`, or an array or a dictionary of them by output. */
  predict(inputs: never): unknown;
}

/** A model and what reports call it. */
export interface NamedModel {
  /** No two models may share a name. */
  name: string;
  /** What predicts. */
  model: Predictor;
}

/** One model, models by their names, or a list where the order matters to names such as "1". */
export type Models = Predictor | Readonly<Record<string, Predictor>> | readonly NamedModel[];

/** How predictions and labels are read. */
export interface JudgeOptions {
  /** Whether models give logits or probabilities. Default: what a LayersModel's loss takes, else what its last layer gives. */
  fromLogits?: boolean;
  /** The integer label of samples that do not count. Default: that of a LayersModel's loss. */
  ignoreLabel?: number;
  /** Which of several outputs is judged: its place, from 0. Labels may be an array or a dictionary by output. Default: 0. */
  output?: number;
  /**
   * Names of the classes, in index order, with one logit of the negatives and the positives. Labels may then be string
   * tensors. Default: those of freqInfo, where there is one.
   */
  classNames?: readonly string[];
}

/** Names of the options. */
export const JUDGE_OPTIONS = ['fromLogits', 'ignoreLabel', 'output', 'classNames'] as const;

/** @throws ValueError when there is no model, or two share a name. */
export function namedModels(models: Models): NamedModel[] {
  const isPredictor = (value: unknown): value is Predictor =>
    typeof (value as Predictor | null)?.predict === 'function';
  const named = Array.isArray(models)
    ? (models as readonly NamedModel[]).slice()
    : isPredictor(models)
      ? [{name: 'model', model: models}]
      : Object.entries(models ?? {}).map(([name, model]) => ({name, model}));
  if (named.length === 0 || !named.every((one) => isPredictor(one?.model))) {
    reject(
      'models',
      'a model with a method `predict`, models by their names, or a list of {name, model}',
      models,
    );
  }
  if (new Set(named.map(({name}) => name)).size < named.length) {
    reject(
      'models',
      'models of different names',
      named.map(({name}) => name),
    );
  }
  return named;
}

/** What is known of a model's output, as metrics are told in training. */
export interface JudgeContext extends MetricContext {
  fromLogits: boolean;
}

/** What a LayersModel is compiled with, unless the options say otherwise. */
export function contextOf(model: Predictor, options: JudgeOptions): JudgeContext {
  const {output = 0, fromLogits, ignoreLabel} = options;
  const known = model instanceof LayersModel ? contextOfOutput(model, output) : {};
  return {
    ...known,
    fromLogits: fromLogits ?? known.fromLogits ?? true,
    ...(ignoreLabel !== undefined && {ignoreLabel}),
  };
}

function contextOfOutput(model: LayersModel, output: number): MetricContext {
  const given: unknown = model.loss;
  const ofOutput = (given as Record<string, unknown> | undefined)?.[model.outputNames[output]];
  const isByName = typeof given === 'object' && given !== null;
  const loss = Array.isArray(given) ? given[output] : isByName ? ofOutput : given;
  return metricContext(loss as Entry | undefined, model.outputs[output]);
}

/**
 * Calls `judge` with the labels of each batch and what each model predicts for it, and disposes of both afterwards.
 *
 * @throws ValueError for data without a batch, what has no such output, and names that are unknown.
 */
export async function judgeBatches(
  models: readonly NamedModel[],
  data: LabeledData,
  {output = 0, classNames, freqInfo}: JudgeOptions & {freqInfo?: FrequencyInfo},
  judge: (model: number, yTrue: Tensor, yPred: Tensor) => void,
): Promise<void> {
  const names = classNames ?? namesOf(freqInfo);
  let batches = 0;
  for await (const {xs, ys} of batchesOf(data)) {
    ++batches;
    tfc.tidy(() => {
      models.forEach(({model}, i) => {
        const inputs = model instanceof LayersModel ? inOrder(xs, model.inputNames) : xs;
        const outputs = model instanceof LayersModel ? model.outputNames : [];
        // Whatever type it takes.
        const yPred = tensorAt(model.predict(inputs as never), output, outputs, 'models');
        judge(i, numbered(tensorAt(ys, output, outputs, 'data.ys'), names), yPred);
      });
    });
    await tfc.nextFrame();
  }
  if (batches === 0) reject('data', 'data of at least one batch', data);
}

/** Labels that are names as integers. */
function numbered(yTrue: Tensor, classNames: readonly string[] | undefined): Tensor {
  if (yTrue.dtype !== 'string' || classNames === undefined) return yTrue;
  return tfc.tensor(labelsToIndices(yTrue, classNames), yTrue.shape, 'int32');
}

function inOrder(xs: unknown, names: readonly string[]): unknown {
  if (xs instanceof tfc.Tensor || Array.isArray(xs)) return xs;
  return names.map((name) => (xs as Record<string, Tensor>)[name]);
}

function tensorAt(values: unknown, place: number, names: readonly string[], argument: string): Tensor {
  if (values instanceof tfc.Tensor) return values;
  const all = values as Record<string, unknown>;
  const value = Array.isArray(values)
    ? values[place]
    : (all?.[names[place]] ?? Object.values(all ?? {})[place]);
  return value instanceof tfc.Tensor ? value : reject(argument, `tensors, one for output ${place}`, values);
}
