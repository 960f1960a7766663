import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {type ClassFrequency, frequencyGroups, type GroupBounds, isCounted} from '../frequency';
import {ConfusionMatrix} from '../metrics/confusion_matrix';
import {type ModelPredictions, modelRuns} from './model_runs';
import {classIntegers, type SampleClasses} from './sample_classes';

/** Models' results for one class. */
export interface ClassResult {
  /** Name of the class. */
  name: string;
  /** Samples of the class in the training set. */
  images: number;
  /** Frequency group, e.g. `'rare'`. */
  group: string;
  /** Samples of the class in the test set. */
  support: number;
  /** Share of them that each model classifies correctly, 0 … 1, by the model's name; for several runs the mean. */
  recall: Readonly<Record<string, number>>;
  /** The same for each run, if a model has several. */
  recallOfRuns?: Readonly<Record<string, readonly number[]>>;
}

/** Recalls of a model's runs, if it has several. Checks own properties: every object inherits `constructor`. */
export function runsOf({recallOfRuns = {}}: ClassResult, model: string): readonly number[] | undefined {
  return Object.hasOwn(recallOfRuns, model) ? recallOfRuns[model] : undefined;
}

/** A test set and models' predictions for it. */
export interface ClassResultsOptions {
  /** Class counts of the training set. */
  freqInfo: ClassFrequency;
  /** The class of each test sample, integers in 0 … C − 1 or, if freqInfo has them, names. */
  actual: SampleClasses;
  /** Each model's predicted classes of the test samples: `{baseline: […], eql: […]}`, or any other models. */
  predicted: ModelPredictions;
  /** Frequency groups; default as in LVIS. */
  bounds?: GroupBounds;
}

/** Names of the options. */
export const RESULT_OPTIONS = ['freqInfo', 'actual', 'predicted', 'bounds'] as const;

/**
 * Computes each class's recall on a test set under each model, in class order; NaN for classes that the test set lacks.
 *
 * @throws ValueError for invalid options and unknown classes, and if there is no model, two share a name, or labels and
 *   predictions differ in number.
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
