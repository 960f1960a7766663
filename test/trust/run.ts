// What docs/trust.md promises, tried at length: `npm run trust -- --files 100000 --kills 300 --tfjs 4.17.0,4.22.0 --runtimes
// "node 22,bun"`. 0 or an empty list leaves a part out. Ends with one report, and fails where a promise was broken.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {run} from '../io/files/start_saver';
import {buildTraining, killTrainings} from '../training/checkpoint/kills';
import {train} from '../training/checkpoint/run';
import {type Outcome, pack, RUNTIMES, tryConsumer} from './consumers';
import {fuzzInProcesses} from './fuzz_in_processes';

/** Parts that are tests, at the size that they have in `npm test`. */
const TESTS = {
  'failing file operations': [
    'io/files/fail_each_operation',
    'io/files/checkpoint_directory',
    'io/files/kill_during_save',
    'io/files/concurrent_saves',
  ],
  'wrong values': ['trust/wrong_values'],
  'worker threads': ['trust/workers'],
  'growing wasm heap': ['kernels/wasm/heap_growth', 'kernels/losses/heap_growth'],
  'lost WebGL context': ['kernels/webgl/lost_context'],
};
const {values: options} = parseArgs({
  options: {
    files: {type: 'string', default: '100000'},
    kills: {type: 'string', default: '300'},
    tfjs: {type: 'string', default: '4.17.0,4.18.0,4.19.0,4.20.0,4.21.0,4.22.0'},
    runtimes: {type: 'string', default: Object.keys(RUNTIMES).join()},
  },
});
const listOf = (text: string) => text.split(',').filter((item) => item !== '');
const tell = (text: string) => console.error(text);

async function fuzz(count: number): Promise<Outcome> {
  const {tried, loaded, refused, slowestMs, mostBytes, broken} = await fuzzInProcesses(count, tell);
  for (const what of broken) tell(what);
  const note =
    `${tried} files tried, ${loaded} loaded, ${refused} refused, ${broken.length} findings; ` +
    `the slowest took ${Math.round(slowestMs)} ms, the largest ${Math.round(mostBytes / 2 ** 10)} KiB`;
  return {name: 'mutated files', state: broken.length === 0 && tried === count ? 'passed' : 'failed', note};
}

async function kill(count: number, folder: string): Promise<Outcome> {
  await tf.setBackend('cpu');
  const {weights} = await train(undefined);
  const {kills, trainings, unfinished, ends, broken} = await killTrainings(
    buildTraining(folder),
    folder,
    count,
  );
  for (const what of broken) tell(what);
  const equal = ends.filter((end) => JSON.stringify(end) === JSON.stringify(weights)).length;
  const note = `${kills} kills of ${trainings} trainings, ${unfinished} amid a save; ${equal} ended with the same weights`;
  return {
    name: 'killed trainings',
    state: broken.length === 0 && equal === trainings ? 'passed' : 'failed',
    note,
  };
}

async function runTests([name, tests]: [string, string[]]): Promise<Outcome> {
  const files = tests.map((test) => `test/${test}.test.ts`);
  const {code, output} = await run(
    'npx',
    ['ava', '--concurrency', '1', ...files],
    undefined,
    join(__dirname, '../..'),
  );
  const counts = output.match(/\d+ (file )?operations|\d+ of \d+ kills|\d+ tests? passed/g) ?? [];
  return {name, state: code === 0 ? 'passed' : 'failed', note: counts.join(', ')};
}

async function consumers(folder: string): Promise<Outcome[]> {
  const [versions, runtimes] = [listOf(options.tfjs), listOf(options.runtimes)];
  if (versions.length + runtimes.length === 0) return [];
  const tarball = await pack(folder);
  const outcomes: Outcome[] = [];
  const add = async (outcome: Promise<Outcome>) => {
    outcomes.push(await outcome);
    tell(Object.values(outcomes.at(-1) as Outcome).join(' · '));
  };
  for (const version of versions) await add(tryConsumer(join(folder, version), tarball, version));
  for (const name of runtimes) {
    await add(tryConsumer(join(folder, name.replace(' ', '-')), tarball, '4.22.0', name, RUNTIMES[name]));
  }
  return outcomes;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-longtail-trust-'));
  try {
    const outcomes: Outcome[] = [];
    if (Number(options.files) > 0) outcomes.push(await fuzz(Number(options.files)));
    if (Number(options.kills) > 0) {
      outcomes.push(await kill(Number(options.kills), folder));
      for (const tests of Object.entries(TESTS)) outcomes.push(await runTests(tests));
    }
    outcomes.push(...(await consumers(folder)));
    for (const {name, state, note} of outcomes) console.log(`${state.padEnd(7)} ${name.padEnd(24)} ${note}`);
    if (outcomes.some(({state}) => state === 'failed')) process.exitCode = 1;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

void main();
