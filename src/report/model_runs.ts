import {reject} from '../core/errors';
import {namedEntries} from './named_entries';
import {requireClassList, type SampleClasses} from './sample_classes';

/** A model's predictions for test samples. */
export interface NamedPredictions {
  /** Name of the model in pictures and tables; no two may share one. */
  name: string;
  /** A class for each test sample; for a model trained several times, one such list per run. */
  predicted: SampleClasses | readonly SampleClasses[];
}

/** Models by name, or a list, which keeps its order even for names such as "1". The first is the reference. */
export type ModelPredictions = Readonly<Record<string, SampleClasses>> | readonly NamedPredictions[];

/** A model and its runs. */
export interface ModelRuns {
  name: string;
  runs: readonly SampleClasses[];
}

/** @throws ValueError if there is no model, two share a name, or the number of predictions is not `samples`. */
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

/** Names of models in pictures: those of the paper for the pair {baseline, eql}, all others as given. */
export function labelsOf(names: readonly string[]): string[] {
  const isPair = names.length === 2 && names[0] === 'baseline' && names[1] === 'eql';
  return isPair ? ['cross entropy', 'EQL'] : [...names];
}
