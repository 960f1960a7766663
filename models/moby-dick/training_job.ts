import type {ClassFrequencyJSON} from '../../src/frequency';
import type {Backend} from './backend';

/** One training, as described to its process. */
export interface TrainingJob {
  /** One of `METHODS`. */
  method: string;
  lambda: number;
  /** γ of softmax EQL (default 0.9). */
  gamma?: number;
  backend: Backend;
  freqInfo: ClassFrequencyJSON;
  epochs: number;
  /** About how many crops an epoch has. */
  samples: number;
  /** Background crops per character. */
  background: number;
  seed: number;
  /** Directory for the trained model, if it should be kept. */
  saveTo?: string;
  /** Whether to train one more step at the end, for `nextStep`. */
  thenStep?: boolean;
}

/** Progress of a training. */
export interface TrainingStep {
  /** 0 … 1. */
  share: number;
  /** From 1 on. */
  epoch: number;
  /** Of the last batch. */
  loss: number;
}

/** How a model's logits are read: unchanged, or with logit adjustment (τ = 1), which needs no training. */
export type Reading = 'plain' | 'adjusted';

/** The class that a model predicts for each crop. */
export interface Predictions {
  /** Test crops in typefaces that training never saw. */
  test: number[];
  /** Test crops in the typefaces of training. */
  seen: number[];
  /** Validation crops, after each epoch. */
  validation: number[][];
}

export interface TrainingResult {
  predicted: Record<Reading, Predictions>;
  /** The result of one more step after saving, if requested. */
  nextStep?: StepResult;
  seconds: number;
}

/** A training step's outcome: the loss and metrics of the batch, and a hash of all weights after it. */
export interface StepResult {
  values: number[];
  weights: string;
}

/** The number of crops in the step after saving. */
export const NEXT_BATCH = 64;
