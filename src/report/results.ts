import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {type ClassFrequency, frequencyGroups, type GroupBounds, isCounted} from '../frequency';
import {ConfusionMatrix} from '../metrics/confusion_matrix';
import {type ModelPredictions, modelRuns} from './model_runs';
import {classIntegers, type SampleClasses} from './sample_classes';

/** What models make of one class. */
export interface ClassResult {
  /** Name of the class. */
  name: string;
  /** Samples of the class in the training set. */
  images: number;
  /** Frequency group, e.g. `'rare'`. */
  group: string;
  /** Samples of the class in the test set. */
  support: number;
  /** Share of them that each model gets right, 0 … 1, by the model's name; of several runs the mean. */
  recall: Readonly<Record<string, number>>;
  /** The same of each run, where a model has several. */
  recallOfRuns?: Readonly<Record<string, readonly number[]>>;
}

/** The recalls of a model's runs, where it has several: `recallOfRuns` knows `constructor` by birth. */
export function runsOf({recallOfRuns = {}}: ClassResult, model: string): readonly number[] | undefined {
  return Object.hasOwn(recallOfRuns, model) ? recallOfRuns[model] : undefined;
}

/** A test set, and what models take its samples for. */
export interface ClassResultsOptions {
  /** What is counted of the training set. */
  freqInfo: ClassFrequency;
  /** The class of each test sample, integers in 0 … C − 1 or, of a freqInfo that knows them, names. */
  actual: SampleClasses;
  /** The class that each model takes each test sample for: `{baseline: […], eql: […]}`, or any other models. */
  predicted: ModelPredictions;
  /** Frequency groups; default as in LVIS. */
  bounds?: GroupBounds;
}

/** Names of the options. */
export const RESULT_OPTIONS = ['freqInfo', 'actual', 'predicted', 'bounds'] as const;

/**
 * Each class's recall on a test set under each model, in class order; NaN where the test set has none of the class.
 *
 * @throws ValueError for invalid options, when there is no model, two share a name, labels and predictions differ in
 *   number, and for other classes.
 */
export function classResults(options: ClassResultsOptions): ClassResult[] {
  checkOptions('classResults', options, RESULT_OPTIONS);
  const {freqInfo, predicted, bounds} = options;
  if (!isCounted(freqInfo)) reject('freqInfo', 'a ClassFrequency', freqInfo);
  const {names, groupOf} = frequencyGroups(freqInfo, bounds);
  const {numClasses, classNames} = freqInfo;
  const actual = classIntegers('actual', options.actual, classNames);
  const models = modelRuns(predicted, actual.length).map(({name, runs}) => ({
    name,
    runs: runs.map((run) =>
      new ConfusionMatrix(numClasses).add(actual, classIntegers('predicted', run, classNames)),
    ),
  }));
  const {support} = models[0].runs[0];
  const recalls = models.map(({name, runs}) => ({name, runs: runs.map(({recall}) => recall)}));
  const several = recalls.filter(({runs}) => runs.length > 1);
  return Array.from(freqInfo.imageCounts, (images, j) => {
    const ofRuns = (runs: readonly Float64Array[]) => runs.map((recall) => recall[j]);
    const result: ClassResult = {
      name: classNames?.[j] ?? `class ${j}`,
      images,
      group: names[groupOf[j]],
      support: support[j],
      recall: Object.fromEntries(recalls.map(({name, runs}) => [name, mean(ofRuns(runs))])),
    };
    if (several.length > 0) {
      result.recallOfRuns = Object.fromEntries(several.map(({name, runs}) => [name, ofRuns(runs)]));
    }
    return result;
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
