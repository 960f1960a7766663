import {mkdirSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {lambdaForTailRatio} from '../../src/frequency';
import {classResults, compareGroups, signed, textTable} from '../../src/report';
import {startBackend} from './backend';
import {type Experiment, GROUPS, prepare, trainAll} from './experiment';
import {fail} from './fail';
import {checkedBackend, FLAGS, readFlags, usage} from './options';
import {Progress} from './progress';
import {meanAndSd} from './statistics';
import type {LossSpec} from './training_job';

const {lambda: _, seed: __, out, ...shared} = FLAGS;
const COMPARE_FLAGS = {
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

/** The losses that are compared: the baseline first. Without background the softmax form joins, and its baseline. */
function lossesFor(lambda: number, background: number): Record<string, LossSpec> {
  const sigmoid: Record<string, LossSpec> = {
    'cross entropy': {kind: 'sigmoid', lambda: 0},
    // Without background it collapses, which is what the comparison shows.
    EQL: {kind: 'sigmoid', lambda, requireBackground: background > 0},
  };
  if (background > 0) return sigmoid;
  return {
    ...sigmoid,
    softmax: {kind: 'softmax', lambda: 0, gamma: 0.9},
    'softmax EQL': {kind: 'softmax', lambda, gamma: 0.9},
  };
}

type Accuracies = Record<string, number>;

/** Accuracy of each group and overall, in percent, of one training. */
function accuracies(experiment: Experiment, predicted: number[]): Accuracies {
  const rows = compareGroups(
    classResults({
      freqInfo: experiment.freqInfo,
      actual: experiment.test.labels,
      predicted: {baseline: predicted, eql: predicted},
    }),
    GROUPS,
  );
  return Object.fromEntries(rows.map(({group, eql}) => [group, eql]));
}

/** Trains with every loss for each of several seeds, and says what the losses come to on average. */
async function main(values: Record<string, string | number | undefined>): Promise<void> {
  const [seeds, samples, epochs, background] = ['seeds', 'samples', 'epochs', 'background'].map((name) =>
    Number(values[name]),
  );
  const directory = resolve(String(values.out));
  const {backend} = await startBackend(checkedBackend(String(values.backend)));
  console.log(
    `Backend: ${backend}. ${seeds} seeds, ${samples} crops, ${epochs} epochs, ${background} background crops per character.`,
  );
  const runs: Array<{seed: number; lambda: number; accuracy: Record<string, Accuracies>}> = [];
  for (let seed = 1; seed <= seeds; ++seed) {
    console.log(`\nSeed ${seed} of ${seeds}`);
    const progress = new Progress();
    try {
      const experiment = await prepare(
        {samples, seed, epochs, backend, background, out: directory},
        progress,
      );
      const lambda = lambdaForTailRatio(experiment.freqInfo, Number(values['tail-ratio']));
      const accuracy: Record<string, Accuracies> = {};
      const losses = Object.entries(lossesFor(lambda, background));
      // Two at a time: more processes than cores would only wait for each other.
      for (let i = 0; i < losses.length; i += 2) {
        const pair = Object.fromEntries(losses.slice(i, i + 2).map(([name, loss]) => [name, {loss}]));
        for (const [name, {predicted}] of Object.entries(await trainAll(experiment, pair, progress))) {
          accuracy[name] = accuracies(experiment, predicted);
        }
      }
      runs.push({seed, lambda, accuracy});
    } finally {
      progress.stop();
    }
    console.log(`\n${summary(runs)}`);
  }
  mkdirSync(directory, {recursive: true});
  const file = join(directory, background > 0 ? 'compare.json' : 'compare-without-background.json');
  writeFileSync(file, `${JSON.stringify({options: values, runs}, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}

/** Mean ± standard deviation over the seeds: each loss's accuracies, and its differences from its baseline. */
function summary(runs: ReadonlyArray<{accuracy: Record<string, Accuracies>}>): string {
  const names = Object.keys(runs[0].accuracy);
  const groups = [...GROUPS, 'overall'].filter((group) => group in runs[0].accuracy[names[0]]);
  const withSd = ({mean, sd}: {mean: number; sd: number}, show: (x: number) => string) =>
    Number.isNaN(sd) ? show(mean) : `${show(mean)} ± ${sd.toFixed(1)}`;
  const of = (name: string, group: string) => runs.map(({accuracy}) => accuracy[name][group]);
  const rows = names.flatMap((name, i) => {
    const plain = {
      name,
      cells: groups.map((group) => withSd(meanAndSd(of(name, group)), (x) => x.toFixed(1))),
    };
    if (i % 2 === 0) return [plain];
    const baseline = names[i - 1];
    const differences = groups.map((group) =>
      of(name, group).map((value, run) => value - of(baseline, group)[run]),
    );
    return [
      plain,
      {name: '  difference', cells: differences.map((each) => withSd(meanAndSd(each), (x) => signed(x)))},
    ];
  });
  return textTable(rows, [
    {heading: 'accuracy, %', cell: ({name}) => name, align: 'left'},
    ...groups.map((group, i) => ({heading: group, cell: ({cells}: {cells: string[]}) => cells[i]})),
  ]);
}

try {
  const values = readFlags(process.argv.slice(2), COMPARE_FLAGS);
  if (values === 'help') console.log(usage('run compare', COMPARE_FLAGS));
  else main(values).catch(fail);
} catch (error) {
  fail(error);
}
