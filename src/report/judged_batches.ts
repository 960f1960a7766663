import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {LayersModel} from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {requireObject} from '../core/require_object';
import {requireString} from '../core/require_string';
import {type FrequencyInfo, namesOf} from '../frequency';
import {labelsToIndices} from '../labels/class_names';
import {metricContext} from '../serialization/metric_context';
import type {Entry} from '../serialization/model_internals';
import {batchesOf, type LabeledData} from '../training/frozen_features';
import {checkBatch} from './check_batch';
import type {JudgeOptions} from './judge_options';

/** Anything that predicts: a LayersModel, a GraphModel or an object of your own. */
export interface Predictor {
  /** Logits or probabilities `[batch, …, C]`, or an array or a dictionary of them by output. */
  predict(inputs: never): unknown;
}

/** A model and its name in reports. */
export interface NamedModel {
  /** No two models may share a name. */
  name: string;
  /** The model. */
  model: Predictor;
}

/** One model, models by name, or a list, which keeps its order even for names such as "1". */
export type Models = Predictor | Readonly<Record<string, Predictor>> | readonly NamedModel[];

/** Whether a value has a method `predict`. */
export function isPredictor(value: unknown): value is Predictor {
  return typeof (value as Predictor | null)?.predict === 'function';
}

/** @throws ValueError if there is no model, or two share a name. */
export function namedModels(models: Models): NamedModel[] {
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
  const names = named.map(({name}, i) => requireString(`models[${i}].name`, name));
  if (new Set(names).size < named.length) reject('models', 'models of different names', names);
  return named;
}

/** What is known about a model's output, as metrics receive it in training. */
export interface JudgeContext extends MetricContext {
  fromLogits: boolean;
}

/** Reads the context from a LayersModel's compilation, unless the options override it. */
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
  // Reported once the model predicts.
  if (output >= model.outputs.length) return {};
  const given: unknown = model.loss;
  const ofOutput = (given as Record<string, unknown> | undefined)?.[model.outputNames[output]];
  const isByName = typeof given === 'object' && given !== null;
  const loss = Array.isArray(given) ? given[output] : isByName ? ofOutput : given;
  return metricContext(loss as Entry | undefined, model.outputs[output]);
}

/** Options for reading data, with the names that freqInfo may have. */
export type JudgeData = JudgeOptions & {freqInfo?: FrequencyInfo};

/**
 * Calls `judge` with the labels of each batch, each model's predictions and what is known about that output, then
 * disposes the tensors.
 *
 * @throws ValueError for data without a batch, a missing output, names that are unknown or differ in number from the
 *   classes, invalid labels and NaN scores.
 */
export async function judgeBatches(
  models: readonly NamedModel[],
  data: LabeledData,
  options: JudgeData,
  judge: (model: number, yTrue: Tensor, yPred: Tensor, context: JudgeContext) => void,
): Promise<void> {
  const {output = 0, classNames, freqInfo} = options;
  const names = classNames ?? namesOf(freqInfo);
  const contexts = models.map(({model}) => contextOf(model, options));
  let batches = 0;
  for await (const {xs, ys} of batchesOf(data)) {
    ++batches;
    tfc.tidy(() => {
      models.forEach(({model}, i) => {
        const inputs = model instanceof LayersModel ? inOrder(xs, model.inputNames) : xs;
        const outputs = model instanceof LayersModel ? model.outputNames : [];
        // `predict` may take any type.
        const predicted = model.predict(inputs as never);
        if (predicted instanceof tfc.Tensor && output > 0)
          reject('output', '0, as the model has one output', output);
        const yPred = tensorAt(predicted, output, outputs, 'models');
        const labels = tensorAt(ys, output, outputs, 'data.ys');
        checkNumber(classNames, labels, yPred);
        const yTrue = numbered(labels, names);
        checkBatch(yTrue, yPred, contexts[i].ignoreLabel);
        judge(i, yTrue, yPred, contexts[i]);
      });
    });
    await tfc.nextFrame();
  }
  if (batches === 0) reject('data', 'data of at least one batch', data);
}

/** @throws ValueError if names differ in number from the classes; label names may end with the background's. */
function checkNumber(classNames: readonly string[] | undefined, yTrue: Tensor, yPred: Tensor): void {
  const classes = yPred.shape[yPred.rank - 1];
  if (classNames === undefined || classes === undefined) return;
  const [expected, which] =
    classes === 1 ? [2, 'of negatives and positives'] : [classes, 'one for each class'];
  const more = classNames.length - expected;
  if (more === 0 || (more === 1 && classes > 1 && yTrue.dtype === 'string')) return;
  reject('classNames', `${expected} names, ${which}`, classNames);
}

/** Converts labels that are names to integers. */
function numbered(yTrue: Tensor, classNames: readonly string[] | undefined): Tensor {
  if (yTrue.dtype !== 'string' || classNames === undefined) return yTrue;
  return tfc.tensor(labelsToIndices(yTrue, classNames), yTrue.shape, 'int32');
}

function inOrder(xs: unknown, names: readonly string[]): unknown {
  if (xs instanceof tfc.Tensor || Array.isArray(xs)) return xs;
  const inputs = requireObject('data.xs', xs);
  return names.map((name) => {
    const input = inputs[name];
    return input instanceof tfc.Tensor ? input : reject(`data.xs.${name}`, 'a tensor', input);
  });
}

function tensorAt(values: unknown, place: number, names: readonly string[], argument: string): Tensor {
  if (values instanceof tfc.Tensor) return values;
  const all = values as Record<string, unknown>;
  const value = Array.isArray(values)
    ? values[place]
    : (all?.[names[place]] ?? Object.values(all ?? {})[place]);
  return value instanceof tfc.Tensor ? value : reject(argument, `tensors, one for output ${place}`, values);
}
