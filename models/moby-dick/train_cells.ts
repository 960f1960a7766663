import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {type ClassFrequencyJSON, lambdaForTailRatio} from '../../src/frequency';
import type {Backend} from './backend';
import type {Cells} from './cells';
import type {SecondStage} from './contenders';
import {type Experiment, prepare, trainOne} from './experiment';
import {inParallel} from './in_parallel';
import {Progress} from './progress';
import {runSecondStage} from './second_stage';
import type {Predictions, Reading} from './training_job';

/** What all cells of a comparison or a sweep share. */
export interface CellSetting {
  samples: number;
  epochs: number;
  /** Background crops per character. */
  background: number;
  tailRatio: number;
  backend: Backend;
}

/** How one model is made. */
export interface Recipe {
  method: string;
  /** Default: follows from the setting's tail ratio. */
  lambda?: number;
  /** Of softmax EQL. */
  gamma?: number;
  after?: SecondStage;
  /** Of `la` and `tau`. */
  tau?: number;
}

/** The stored result of one model. */
export interface Cell {
  freqInfo: ClassFrequencyJSON;
  /** A second stage has only plain ones. */
  predicted: Partial<Record<Reading, Predictions>>;
  /** The τ that was chosen, if any. */
  tau?: number;
}

/** The share of the epochs for which `crt` trains the classifier. */
const RETRAINED = 1 / 3;

function trainedName({method, lambda, gamma}: Recipe, seed: number): string {
  const given = Object.entries({lambda, gamma}).filter(([, value]) => value !== undefined);
  return [method, ...given.map(([name, value]) => `${name}=${value}`), seed].join('-');
}

/** Training itself also reads logits adjusted with τ = 1. */
function isReading({after, tau}: Recipe): boolean {
  return after === 'la' && tau === undefined;
}

function hasSecondStage(recipe: Recipe): recipe is Recipe & {after: SecondStage} {
  return recipe.after !== undefined && !isReading(recipe);
}

function cellName(recipe: Recipe, seed: number): string {
  const trained = trainedName(recipe, seed);
  if (!hasSecondStage(recipe)) return trained;
  return [`${trained}+${recipe.after}`, ...(recipe.tau === undefined ? [] : [`tau=${recipe.tau}`])].join('-');
}

/** The predictions of a finished recipe, and the frequencies of the pages that it was trained on. */
export function resultOf(recipe: Recipe, seed: number, cells: Cells<Cell>) {
  const cell = cells.get(cellName(recipe, seed)) as Cell;
  const predicted = cell.predicted[isReading(recipe) ? 'adjusted' : 'plain'] as Predictions;
  return {freqInfo: cell.freqInfo, predicted, tau: cell.tau};
}

/**
 * For one seed, trains what earlier runs have not finished, `jobs` at a time, each in a separate process. A second stage
 * starts from the model of the first.
 */
export async function trainCells(
  recipes: readonly Recipe[],
  seed: number,
  setting: CellSetting,
  cells: Cells<Cell>,
  jobs: number,
): Promise<void> {
  const modelOf = (recipe: Recipe) => cells.directoryOf(trainedName(recipe, seed));
  const isMissing = (recipe: Recipe) => cells.get(cellName(recipe, seed)) === undefined;
  const seconds = distinct(recipes.filter(hasSecondStage).filter(isMissing), (r) => cellName(r, seed));
  const firsts = distinct(recipes, (recipe) => trainedName(recipe, seed)).filter(
    (recipe) =>
      isMissing({...recipe, after: undefined}) ||
      (seconds.some((second) => trainedName(second, seed) === trainedName(recipe, seed)) &&
        !existsSync(join(modelOf(recipe), 'model.json'))),
  );
  if (firsts.length + seconds.length === 0) return;
  const progress = new Progress({everySeconds: 60});
  try {
    const experiment = await prepare({...setting, seed}, progress);
    const freqInfo = experiment.freqInfo.toJSON();
    const training = new Map<string, Promise<void>>();
    const train = async (recipe: Recipe) => {
      const lambda = recipe.lambda ?? lambdaForTailRatio(experiment.freqInfo, setting.tailRatio);
      const name = trainedName(recipe, seed);
      const {method, gamma} = recipe;
      const job = {...experiment.job, method, lambda, gamma, saveTo: modelOf(recipe)};
      const {predicted} = await trainOne(job, name, progress);
      cells.set(name, {freqInfo, predicted});
    };
    const tasks = [
      ...firsts.map((recipe) => () => {
        const running = train(recipe);
        training.set(trainedName(recipe, seed), running);
        return running;
      }),
      ...seconds.map((recipe) => async () => {
        await training.get(trainedName(recipe, seed));
        await goOn(recipe, experiment, modelOf(recipe), (cell) => cells.set(cellName(recipe, seed), cell));
      }),
    ];
    await inParallel(tasks, jobs);
  } finally {
    progress.stop();
  }
}

async function goOn(
  {method, after, tau}: Recipe & {after: SecondStage},
  {job}: Experiment,
  model: string,
  keep: (cell: Cell) => void,
): Promise<void> {
  const epochs = Math.max(1, Math.round(RETRAINED * job.epochs));
  const {tau: chosen, ...plain} = await runSecondStage({...job, method, after, tau, model, epochs});
  keep({freqInfo: job.freqInfo, predicted: {plain}, tau: chosen});
}

function distinct<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()];
}
