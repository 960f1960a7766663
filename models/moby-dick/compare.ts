import {mkdirSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {ClassFrequency, type ClassFrequencyJSON, lambdaForTailRatio} from '../../src/frequency';
import {type Backend, startBackend} from './backend';
import {Cells} from './cells';
import {comparisonCsv, comparisonMarkdown, comparisonText, summarize} from './comparison';
import {balancedCrops} from './data/crop_set';
import {prepare, trainAll} from './experiment';
import {fail} from './fail';
import {type Contender, contenders} from './methods';
import {checkedBackend, FLAGS, readFlags, usage} from './options';
import {Progress} from './progress';
import {type Accuracies, groupAccuracies} from './scores';
import type {Predictions, Reading} from './training_job';

const {lambda: _, seed: __, out, ...shared} = FLAGS;
const COMPARE_FLAGS = {
  methods: {value: 'LIST', help: 'what to compare, the reference first', fallback: 'ce,eql,ce+la,eql+la'},
  seeds: {
    value: 'N',
    help: 'how many seeds, from 1 on',
    fallback: 5,
    check: (x: number) => Number.isInteger(x) && x >= 1,
    expected: 'a whole number ≥ 1',
  },
  ...shared,
  background: {
    value: 'N',
    help: 'background crops per character; 0 shows what EQL does without',
    fallback: 1.5,
    check: (x: number) => x >= 0 && Number.isFinite(x),
    expected: 'a number ≥ 0',
  },
  out: {...out, fallback: 'out/compare'},
};

/** One training: what it was of, and what it made of the crops. */
interface Cell {
  lambda: number;
  freqInfo: ClassFrequencyJSON;
  predicted: Record<Reading, Predictions>;
}

interface Setting {
  samples: number;
  epochs: number;
  background: number;
  tailRatio: number;
  backend: Backend;
}

/** Trains with every method for each of several seeds, and says what they come to on average. */
async function main(values: Record<string, string | number | undefined>): Promise<void> {
  const compared = contenders(String(values.methods));
  const directory = resolve(String(values.out));
  const {backend} = await startBackend(checkedBackend(String(values.backend)));
  const setting: Setting = {
    samples: Number(values.samples),
    epochs: Number(values.epochs),
    background: Number(values.background),
    tailRatio: Number(values['tail-ratio']),
    backend,
  };
  console.log(`${values.seeds} seeds, ${JSON.stringify(setting)}`);
  const cells = new Cells<Cell>(directory, setting);
  const seeds = Array.from({length: Number(values.seeds)}, (_, i) => i + 1);
  for (const seed of seeds) {
    await trainMissing(compared, seed, setting, cells);
    console.log(`\n${seed} of ${seeds.length} seeds, typefaces that training never saw:\n`);
    console.log(comparisonText(summaryOf(compared, seeds.slice(0, seed), cells, 'test')));
  }
  const unseen = summaryOf(compared, seeds, cells, 'test');
  const seen = summaryOf(compared, seeds, cells, 'seen');
  console.log(`\nIn the typefaces of training:\n\n${comparisonText(seen)}`);
  mkdirSync(directory, {recursive: true});
  const files = {
    'compare.json': `${JSON.stringify({setting, seeds: seeds.length, unseen, seen}, null, 2)}\n`,
    'compare.csv': `${comparisonCsv(unseen)}\n`,
    'compare.md': `${comparisonMarkdown(unseen)}\n`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  console.log(`\nLeft in ${values.out}: ${Object.keys(files).join(', ')}`);
}

const cellName = (method: string, seed: number) => `${method}-${seed}`;

/** Trains what no earlier run has left, two at a time: more processes than cores would only wait for each other. */
async function trainMissing(
  compared: readonly Contender[],
  seed: number,
  setting: Setting,
  cells: Cells<Cell>,
): Promise<void> {
  const methods = [...new Set(compared.map(({method}) => method))];
  const missing = methods.filter((method) => cells.get(cellName(method, seed)) === undefined);
  if (missing.length === 0) return;
  const progress = new Progress();
  try {
    const experiment = await prepare({...setting, seed}, progress);
    const lambda = lambdaForTailRatio(experiment.freqInfo, setting.tailRatio);
    for (let i = 0; i < missing.length; i += 2) {
      const pair = Object.fromEntries(missing.slice(i, i + 2).map((method) => [method, {method, lambda}]));
      for (const [method, {predicted}] of Object.entries(await trainAll(experiment, pair, progress))) {
        cells.set(cellName(method, seed), {lambda, freqInfo: experiment.freqInfo.toJSON(), predicted});
      }
    }
  } finally {
    progress.stop();
  }
}

function summaryOf(
  compared: readonly Contender[],
  seeds: readonly number[],
  cells: Cells<Cell>,
  split: 'test' | 'seen',
) {
  const {labels} = balancedCrops(split);
  const accuracies = compared.map(({method, reading}) =>
    seeds.map((seed): Accuracies => {
      const {freqInfo, predicted} = cells.get(cellName(method, seed)) as Cell;
      return groupAccuracies(ClassFrequency.fromJSON(freqInfo), labels, predicted[reading][split]);
    }),
  );
  return summarize(compared, accuracies);
}

try {
  const values = readFlags(process.argv.slice(2), COMPARE_FLAGS);
  if (values === 'help') console.log(usage('run compare', COMPARE_FLAGS));
  else main(values).catch(fail);
} catch (error) {
  fail(error);
}
