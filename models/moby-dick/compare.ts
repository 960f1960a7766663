import {mkdirSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join, resolve} from 'node:path';
import {ClassFrequency} from '../../src/frequency';
import {startBackend} from './backend';
import {Cells} from './cells';
import {comparisonCsv, comparisonFigure, comparisonMarkdown, comparisonText, summarize} from './comparison';
import {type Contender, contenders} from './contenders';
import {balancedCrops} from './data/crop_set';
import {fail} from './fail';
import {checkedBackend, FLAGS, readFlags, usage} from './options';
import {svgToPng} from './png';
import {groupAccuracies} from './scores';
import {type Cell, type CellSetting, resultOf, trainCells} from './train_cells';

const {lambda: _, seed: __, out, ...shared} = FLAGS;
const isCount = {check: (x: number) => Number.isInteger(x) && x >= 1, expected: 'a whole number ≥ 1'};
const COMPARE_FLAGS = {
  methods: {value: 'LIST', help: 'what to compare, the reference first', fallback: 'ce,eql,ce+la,eql+la'},
  seeds: {value: 'N', help: 'how many seeds, from 1 on', fallback: 5, ...isCount},
  ...shared,
  background: {
    value: 'N',
    help: 'background crops per character; 0 shows what EQL does without',
    fallback: 1.5,
    check: (x: number) => x >= 0 && Number.isFinite(x),
    expected: 'a number ≥ 0',
  },
  jobs: {value: 'N', help: 'trainings at a time', fallback: availableParallelism(), ...isCount},
  out: {...out, fallback: 'out/compare'},
};

const UNSEEN = 'typefaces that training never saw';

/** Trains with every method for each of several seeds, and prints the averages. */
async function main(values: Record<string, string | number | undefined>): Promise<void> {
  const compared = contenders(String(values.methods));
  const directory = resolve(String(values.out));
  const {backend} = await startBackend(checkedBackend(String(values.backend)));
  const setting: CellSetting = {
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
    await trainCells(compared, seed, setting, cells, Number(values.jobs));
    if (seed === seeds.length) continue;
    console.log(`\n${seed} of ${seeds.length} seeds, ${UNSEEN}:\n`);
    console.log(comparisonText(summaryOf(compared, seeds.slice(0, seed), cells, 'test')));
  }
  const unseen = summaryOf(compared, seeds, cells, 'test');
  const seen = summaryOf(compared, seeds, cells, 'seen');
  // First and last, so that nobody takes the other table for the result.
  const result = `\nThe result, ${UNSEEN}:\n\n${comparisonText(unseen)}`;
  console.log(
    `${result}\n\nFor reference, in the typefaces of training:\n\n${comparisonText(seen)}\n${result}`,
  );
  for (const contender of compared) {
    const taus = seeds.map((seed) => resultOf(contender, seed, cells).tau);
    if (taus[0] !== undefined)
      console.log(`\n${contender.title}: validation crops chose τ = ${taus.join(', ')}`);
  }
  mkdirSync(directory, {recursive: true});
  const picture = comparisonFigure(unseen);
  const files = {
    'compare.json': `${JSON.stringify({setting, seeds: seeds.length, unseen, seen}, null, 2)}\n`,
    'compare.csv': `${comparisonCsv(unseen)}\n`,
    'compare.md': `${comparisonMarkdown(unseen)}\n`,
    'compare.svg': picture,
    'compare.png': svgToPng(picture),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  console.log(`\nLeft in ${values.out}: ${Object.keys(files).join(', ')}`);
}

function summaryOf(
  compared: readonly Contender[],
  seeds: readonly number[],
  cells: Cells<Cell>,
  split: 'test' | 'seen',
) {
  const {labels} = balancedCrops(split);
  const accuracies = compared.map((contender) =>
    seeds.map((seed) => {
      const {freqInfo, predicted} = resultOf(contender, seed, cells);
      return groupAccuracies(ClassFrequency.fromJSON(freqInfo), labels, predicted[split]);
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
