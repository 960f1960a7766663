import {readFileSync, writeFileSync} from 'node:fs';
import type {ClassFrequencyJSON} from '../../src/frequency';
import type {Backend} from './backend';
import type {LabelledCrops} from './data/dataset';

/** Which loss a model is trained with. */
export type LossSpec =
  | {kind: 'sigmoid'; lambda: number; requireBackground?: boolean}
  | {kind: 'softmax'; lambda: number; gamma: number};

/** One training, as a process of its own is told to do it. */
export interface TrainingJob {
  name: string;
  loss: LossSpec;
  backend: Backend;
  freqInfo: ClassFrequencyJSON;
  classes: number;
  epochs: number;
  seed: number;
  /** Files written by `writeCrops`. */
  trainingFile: string;
  testFile: string;
  /** Directory for the trained model, if it is to be kept. */
  saveTo?: string;
}

/** What a training process reports. */
export type TrainingMessage =
  | {kind: 'progress'; step: number; steps: number; epoch: number; loss: number}
  | {kind: 'done'; result: TrainingResult};

export interface TrainingResult {
  /** The class that the model takes each test crop for. */
  predicted: number[];
  history: Record<string, number[]>;
  /** What one more step after saving came to, where the model was saved. */
  nextStep?: StepResult;
  seconds: number;
}

/** A training step's outcome: the loss and metrics of the batch, and a hash of all weights after it. */
export interface StepResult {
  values: number[];
  weights: string;
}

/** How many crops the step after saving takes. */
export const NEXT_BATCH = 64;

/** Writes crops where a training process can read them. */
export function writeCrops(file: string, {images, labels}: LabelledCrops): void {
  writeFileSync(`${file}.images`, images);
  writeFileSync(`${file}.labels`, labels);
}

export function readCrops(file: string): LabelledCrops {
  return {images: readFileSync(`${file}.images`), labels: readFileSync(`${file}.labels`)};
}
