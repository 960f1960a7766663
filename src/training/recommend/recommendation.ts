import type {FrequencyInfo} from '../../frequency';
import type {Loss} from '../../losses';

/** What a model is to do, which decides between the families of losses. */
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
      /** What it takes. */
      options: {
        /** t: classes on a smaller share of the images are repeated. */
        threshold: number;
      };
    };

/** Another way, and when to take it. */
export interface RecommendedAlternative {
  /** Ready to compile with. */
  loss: Loss;
  /** Default: uniform. */
  sampler?: RecommendedSampler;
  /** τ for `withAdjustedLogits` after training. */
  postHocTau?: number;
  /** When to take it. */
  reason: string;
}

/** What `recommend` answers. */
export interface Recommendation {
  /** What was understood. */
  task: RecommendedTask;
  /** Ready to compile with. */
  loss: Loss;
  /** How to sample the data. */
  sampler: RecommendedSampler;
  /** λ of the loss, where it has one. */
  lambda?: number;
  /** τ of the loss, where it has one. */
  tau?: number;
  /** What to do to the logits after training, if anything. */
  postHoc?: {
    /** The function to call with the trained model. */
    method: 'withAdjustedLogits';
    /** Its τ. */
    tau: number;
  };
  /** π for `priorBias`, where the bias of the logits should begin there. */
  prior?: number;
  /** Why, in words. */
  reason: string;
  /** Other ways, the nearest first. */
  alternatives: RecommendedAlternative[];
  /** What about the data stands in the way of any loss, in words. */
  warnings: string[];
}

/** A recommendation but for its warnings. */
export type Advice = Omit<Recommendation, 'warnings'>;

/** What is known of the data. */
export interface Situation {
  freqInfo: FrequencyInfo;
  /** N_j or f_j, above 0. */
  counts: Float64Array;
  /** The most frequent class over the least frequent. */
  ratio: number;
  numTrainingSteps?: number;
}

/** Up to which ratio of the most to the least frequent class data counts as balanced. */
export const BALANCED = 2;

/** A number as it is said. */
export function inWords(value: number): string {
  return String(Number(value.toPrecision(2)));
}
