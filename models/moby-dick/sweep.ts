import {mkdirSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join, resolve} from 'node:path';
import {ClassFrequency, tailRatio} from '../../src/frequency';
import {type Column, estimate, type SweepPoint, sweepFigure, textTable} from '../../src/report/on_node';
import {startBackend} from './backend';
import {Cells} from './cells';
import {levelText} from './comparison';
import {balancedCrops} from './data/crop_set';
import {fail} from './fail';
import {checkedBackend, FLAGS, readFlags, usage} from './options';
import {svgToPng} from './png';
import {groupAccuracies} from './scores';
import {sweptParameter, sweptValues} from './sweep_recipes';
import {type Cell, type CellSetting, type Recipe, resultOf, trainCells} from './train_cells';

const {lambda: _, seed: __, 'tail-ratio': ratio, out, ...shared} = FLAGS;
const isCount = {check: (x: number) => Number.isInteger(x) && x >= 1, expected: 'a whole number ≥ 1'};
const SWEEP_FLAGS = {
  param: {
    value: 'NAME',
    help: 'lambda (of EQL), gamma (of softmax EQL) or tau (after training)',
    fallback: 'lambda',
  },
  values: {value: 'LIST', help: 'what to try; default: a range known to contain the best'},
  seeds: {value: 'N', help: 'how many seeds, from 1 on', fallback: 3, ...isCount},
  ...shared,
  jobs: {value: 'N', help: 'trainings at a time', fallback: availableParallelism(), ...isCount},
  out: {...out, fallback: 'out/compare'},
};

/** Trains with each value of a parameter, and prints the models' accuracy on validation crops. */
async function main(flags: Record<string, string | number | undefined>): Promise<void> {
  const name = String(flags.param);
  const parameter = sweptParameter(name);
  const values = sweptValues(parameter, flags.values as string | undefined);
  const {backend} = await startBackend(checkedBackend(String(flags.backend)));
  const setting: CellSetting = {
    samples: Number(flags.samples),
    epochs: Number(flags.epochs),
    background: 1.5,
    tailRatio: Number(ratio.fallback),
    backend,
  };
  const directory = resolve(String(flags.out));
  const cells = new Cells<Cell>(directory, setting);
  const seeds = Array.from({length: Number(flags.seeds)}, (_, i) => i + 1);
  const recipes = values.map(parameter.recipe);
  for (const seed of seeds) await trainCells(recipes, seed, setting, cells, Number(flags.jobs));
  const points = values.map((value, i) => ({value, results: accuraciesOf(recipes[i], seeds, cells)}));
  const freqInfo = ClassFrequency.fromJSON(resultOf(recipes[0], seeds[0], cells).freqInfo);
  console.log(
    `${parameter.symbol} of ${parameter.of}, ${seeds.length} seeds, validation crops, accuracy in percent:\n`,
  );
  const ratios: Column<SweepPoint> = {
    heading: 'tail ratio, %',
    cell: ({value}) => (100 * tailRatio(freqInfo, value)).toFixed(1),
  };
  const columns: Column<SweepPoint>[] = [
    {heading: parameter.symbol, cell: ({value}) => String(value)},
    ...(name === 'lambda' ? [ratios] : []),
    ...Object.keys(points[0].results).map((group) => ({
      heading: group,
      cell: ({results}: SweepPoint) => levelText(results[group]),
    })),
  ];
  console.log(textTable(points, columns));
  const best = points.reduce((a, b) => (b.results.overall.mean > a.results.overall.mean ? b : a));
  console.log(`\nHighest overall: ${parameter.symbol} = ${best.value}`);
  mkdirSync(directory, {recursive: true});
  const picture = sweepFigure(points, {
    parameter: `${parameter.symbol} of ${parameter.of}`,
    label: 'accuracy on validation crops, %',
  });
  const files = {
    [`sweep-${name}.json`]: `${JSON.stringify({setting, seeds: seeds.length, points}, null, 2)}\n`,
    [`sweep-${name}.svg`]: picture,
    [`sweep-${name}.png`]: svgToPng(picture),
  };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(directory, file), content);
  console.log(`Left in ${flags.out}: ${Object.keys(files).join(', ')}`);
}

function accuraciesOf(recipe: Recipe, seeds: readonly number[], cells: Cells<Cell>): SweepPoint['results'] {
  const {labels} = balancedCrops('validation');
  const runs = seeds.map((seed) => {
    const {freqInfo, predicted} = resultOf(recipe, seed, cells);
    return groupAccuracies(ClassFrequency.fromJSON(freqInfo), labels, predicted.validation.at(-1) ?? []);
  });
  return Object.fromEntries(
    Object.keys(runs[0]).map((group) => [group, estimate(runs.map((run) => run[group]))]),
  );
}

try {
  const flags = readFlags(process.argv.slice(2), SWEEP_FLAGS);
  if (flags === 'help') console.log(usage('run sweep', SWEEP_FLAGS));
  else main(flags).catch(fail);
} catch (error) {
  fail(error);
}
