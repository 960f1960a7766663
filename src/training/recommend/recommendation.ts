import type {FrequencyInfo} from '../../frequency';
import type {Loss} from '../../losses';

/** A model's task, which decides between the families of losses. */
export type RecommendedTask = 'classification' | 'detection' | 'multi-label' | 'binary';

/** A sampler by its name and options in this package. */
export type RecommendedSampler =
  | {
      /** The name of a sampler in `tfjs-longtail/sampling`. */
      name: 'uniform' | 'classAware';
    }
  | {
      /** `repeatFactor` in `tfjs-longtail/sampling`. */
      name: 'repeatFactor';
      /** Its options. */
      options: {
        /** t: classes on a smaller share of the images are repeated. */
        threshold: number;
      };
    };

/** An alternative, and when to choose it. */
export interface RecommendedAlternative {
  /** Ready to compile with. */
  loss: Loss;
  /** Default: uniform. */
  sampler?: RecommendedSampler;
  /** τ for `withAdjustedLogits` after training. */
  postHocTau?: number;
  /** When to choose it. */
  reason: string;
}

/** The result of `recommend`. */
export interface Recommendation {
  /** The task, as understood. */
  task: RecommendedTask;
  /** Ready to compile with. */
  loss: Loss;
  /** How to sample the data. */
  sampler: RecommendedSampler;
  /** λ of the loss, if it has one. */
  lambda?: number;
  /** τ of the loss, if it has one. */
  tau?: number;
  /** What to do to the logits after training, if anything. */
  postHoc?: {
    /** The function to call with the trained model. */
    method: 'withAdjustedLogits';
    /** Its τ. */
    tau: number;
  };
  /** π for `priorBias`, if the bias of the logits should start there. */
  prior?: number;
  /** Why, in words. */
  reason: string;
  /** Alternatives, the closest first. */
  alternatives: RecommendedAlternative[];
  /** Problems of the data that no loss can solve, in words. */
  warnings: string[];
}

/** A recommendation without its warnings. */
export type Advice = Omit<Recommendation, 'warnings'>;

/** What is known about the data. */
export interface Situation {
  freqInfo: FrequencyInfo;
  /** N_j or f_j, above 0. */
  counts: Float64Array;
  /** The frequency of the most frequent class over that of the least frequent. */
  ratio: number;
  numTrainingSteps?: number;
}

/** Data counts as balanced up to this ratio of the most to the least frequent class. */
export const BALANCED = 2;

/** Rounds a number as one would say it. */
export function inWords(value: number): string {
  return String(Number(value.toPrecision(2)));
}
