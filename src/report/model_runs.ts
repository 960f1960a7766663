import {reject} from '../core/errors';
import type {SampleClasses} from './sample_classes';

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
  const isList = Array.isArray(predicted);
  const models = isList
    ? (predicted as readonly NamedPredictions[])
    : Object.entries(predicted as Readonly<Record<string, SampleClasses>>).map(([name, of]) => ({
        name,
        predicted: of,
      }));
  if (models.length === 0) reject('predicted', 'predictions of at least one model', predicted);
  const names = new Set(models.map(({name}) => name));
  if (names.size < models.length) reject('predicted', 'models of different names', [...models]);
  return models.map(({name, predicted: of}, i) => {
    const argument = isList ? `predicted[${i}].predicted` : `predicted.${name}`;
    const runs = isRuns(of) ? of : [of];
    if (runs.length === 0) reject(argument, 'at least one run', of);
    for (const run of runs) {
      if (run?.length !== samples) {
        reject(argument, `${samples} classes, as many as there are labels`, run);
      }
    }
    return {name, runs};
  });
}

function isRuns(of: NamedPredictions['predicted']): of is readonly SampleClasses[] {
  return Array.isArray(of) && typeof of[0] === 'object';
}

/** How models are called in pictures: the pair {baseline, eql} as in the paper, all others by their names. */
export function labelsOf(names: readonly string[]): string[] {
  const isPair = names.length === 2 && names[0] === 'baseline' && names[1] === 'eql';
  return isPair ? ['cross entropy', 'EQL'] : [...names];
}
