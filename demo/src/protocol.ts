/** The messages between the page and its worker. Everything here is structured-cloneable. */

export type BackendName = 'webgpu' | 'webgl' | 'wasm';
/** The models that are trained. */
export type ModelName = 'baseline' | 'eql';

/** What is scored. The baseline with adjusted logits needs no training of its own. */
export const READINGS = ['baseline', 'eql', 'adjusted'] as const;
export type Reading = (typeof READINGS)[number];

/** A value for each of the two models. */
export type Pair<T> = Record<ModelName, T>;

/** The groups that accuracy is given for. */
export const SCORED = ['rare', 'common', 'frequent', 'overall'] as const;

/** Accuracy in 0 … 1 by group. */
export type Scores = Record<(typeof SCORED)[number], number>;

/** How the tail looks for a λ between two frequencies. */
export interface TailStep {
  lambda: number;
  /** Number of classes below λ. */
  spared: number;
  /** TR(λ) in 0 … 1, the paper's eq. 8. */
  tailRatio: number;
}

export interface Glyph {
  /** The character, or an empty string for background. */
  name: string;
  /** side² gray levels, ink bright. */
  pixels: Uint8Array;
}

/** The part of the training set that the page shows. */
export interface CropsView {
  /** About how many crops were asked for. */
  samples: number;
  /** The characters, the book's most common first. */
  classes: readonly string[];
  /** N_j: training crops of each class. */
  images: number[];
  /** N: all training crops, background included. */
  numImages: number;
  /** The name of each class's group. */
  groups: string[];
  /** One for every distinct frequency, from an empty tail to all classes. */
  tail: TailStep[];
  /** The initial entry of `tail`. */
  preset: number;
  side: number;
  glyphs: {group: string; glyphs: Glyph[]}[];
  /** Test crops of each class. */
  perClass: number;
}

/** A mean of training losses and, at some points, accuracy on the test set, after `step` steps. */
export interface Point {
  step: number;
  loss: Pair<number>;
  scores?: Record<Reading, Scores>;
}

/** Stored beside the saved models, to compare the loaded ones with. */
export interface SavedRun {
  /** About how many crops were requested; the same number gives the same crops. */
  samples: number;
  lambda: number;
  step: number;
  history: Point[];
  /** Steps that Adam has taken. */
  iterations: number;
  /** `[loss, accuracy, rare accuracy]` of the EQL model on a part of the test set. */
  evaluation: number[];
  /** Loss and weights of the EQL model after one more step. */
  next: {loss: number; weights: string};
}

export interface Check {
  what: string;
  saved: string;
  loaded: string;
  holds: boolean;
}

export type Request =
  | {kind: 'crops'; samples: number}
  | {kind: 'start'; backend: BackendName; lambda: number; steps: number}
  | {kind: 'continue'; steps: number}
  | {kind: 'pause'}
  | {kind: 'save'}
  | {kind: 'load'; backend: BackendName; run: SavedRun};

export type Reply =
  | {kind: 'backends'; available: Record<BackendName, string | true>; preset: BackendName}
  | {kind: 'progress'; share: number; what: string}
  | {kind: 'crops'; view: CropsView}
  | {kind: 'point'; point: Point; epoch: number; stepsPerSecond: number}
  | {kind: 'rested'; step: number; epoch: number}
  | {kind: 'saved'; run: SavedRun; bytes: number}
  | {kind: 'loaded'; run: SavedRun; checks: Check[]}
  | {kind: 'failed'; message: string};
