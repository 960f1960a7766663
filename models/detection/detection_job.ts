import type {Backend} from '../moby-dick/backend';
import type {Split} from '../moby-dick/data/faces';
import type {Found} from './detect_page';

/** What all trainings of a run have in common. */
export interface DetectionSetting {
  backend: Backend;
  epochs: number;
  /** Training pages. */
  pages: number;
  /** Lines that held-out pages have for each class. */
  perClass: number;
  /** Which pages are judged. */
  split: Exclude<Split, 'training'>;
  tailRatio: number;
  /** λ; where it is left out, the tail ratio gives it. */
  lambda?: number;
}

/** One training, as a process of its own is told to do it. */
export interface DetectionJob extends DetectionSetting {
  method: string;
  seed: number;
  /** Directory for the trained model. */
  saveTo?: string;
}

/** What a training comes to. */
export interface DetectionOutcome {
  lambda: number;
  /** Boxes of each class in training, `[C]`. */
  counts: number[];
  /** AP by name, and by class, 0 … 1. */
  summary: Record<string, number>;
  ap: number[];
  /** What was found on the first pages. */
  found: Found[];
  seconds: number;
}

/** How far a training is, 0 … 1. */
export interface DetectionStep {
  share: number;
  note: string;
}
