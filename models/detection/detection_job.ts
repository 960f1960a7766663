import type {Backend} from '../moby-dick/backend';
import type {Split} from '../moby-dick/data/faces';
import type {Found} from './detect_page';

/** What all trainings of a run share. */
export interface DetectionSetting {
  backend: Backend;
  epochs: number;
  /** Training pages. */
  pages: number;
  /** Number of held-out lines chosen for each class. */
  perClass: number;
  /** Which pages are judged. */
  split: Exclude<Split, 'training'>;
  tailRatio: number;
  /** λ; if left out, it follows from the tail ratio. */
  lambda?: number;
}

/** One training, as described to its process. */
export interface DetectionJob extends DetectionSetting {
  method: string;
  seed: number;
  /** Directory for the trained model. */
  saveTo?: string;
}

/** The result of a training. */
export interface DetectionOutcome {
  lambda: number;
  /** Boxes of each class in training, `[C]`. */
  counts: number[];
  /** AP by name, and by class, 0 … 1. */
  summary: Record<string, number>;
  ap: number[];
  /** Detections on the first pages. */
  found: Found[];
  seconds: number;
}

/** How far a training is, 0 … 1. */
export interface DetectionStep {
  share: number;
  note: string;
}
