import {reject} from '../core/errors';
import {namedEntries} from './named_entries';
import {requireClassList, type SampleClasses} from './sample_classes';

/** What a model takes test samples for. */
export interface NamedPredictions {
  /** As pictures and tables show it; no two models may share one. */
  name: string;
  /** A class for each test sample; or, of a model trained several times, such a list for each run. */
  predicted: SampleClasses | readonly SampleClasses[];
}

/** Models by their names, or a list of them where the order matters to names such as "1". The first is the reference. */
export type ModelPredictions = Readonly<Record<string, SampleClasses>> | readonly NamedPredictions[];

/** A model and its runs. */
export interface ModelRuns {
  name: string;
  runs: readonly SampleClasses[];
}

/**
 * @throws ValueError when there is no model, two share a name, or one's predictions are not `samples` in number.
 */
export function modelRuns(predicted: ModelPredictions, samples: number): ModelRuns[] {
  const models = namedEntries('predicted', predicted, 'predicted', 'models');
  if (models.length === 0) reject('predicted', 'predictions of at least one model', predicted);
  return models.map(({name, value, path}) => {
    const runs = isRuns(value) ? value : [value];
    for (const run of runs) {
      if (requireClassList(path, run).length !== samples) {
        reject(path, `${samples} classes, as many as there are labels`, run);
      }
    }
    return {name, runs: runs as readonly SampleClasses[]};
  });
}

function isRuns(of: unknown): of is readonly unknown[] {
  return Array.isArray(of) && typeof of[0] === 'object';
}

/** How models are called in pictures: the pair {baseline, eql} as in the paper, all others by their names. */
export function labelsOf(names: readonly string[]): string[] {
  const isPair = names.length === 2 && names[0] === 'baseline' && names[1] === 'eql';
  return isPair ? ['cross entropy', 'EQL'] : [...names];
}
