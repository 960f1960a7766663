// Measures the share of a random sample of whole folders' mutants that the tests notice.
const {existsSync, statSync, writeFileSync} = require('node:fs');
const {availableParallelism} = require('node:os');
const {join} = require('node:path');
const {runMutant, runUnchanged} = require('./run_test');
const {filesUnder, makeSandbox} = require('./sandbox');
const {mirrorOf, OUT, ROOT} = require('./shared');
const {draw, wilson} = require('./statistics');

/** Number of the folder's tests to run on a mutant after its file's own test. */
const FURTHER = 12;

/** Runs `work` on each, as many at a time as there are processors. Starts none after an error. */
async function each(list, work) {
  const waiting = [...list.entries()];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await work(next[1]).catch((error) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({length: availableParallelism()}, worker));
  return results;
}

/** The file's own test first; then those of the folder that reach the mutant, most of its file first. */
function testsOf(mutant, mutants, runs) {
  const mirror = mirrorOf(mutant.source);
  const ofFile = mutants.filter(({source}) => source === mutant.source);
  const share = ({reached}) => ofFile.filter(({id}) => reached.has(id)).length;
  const further = runs
    .filter(({test, room, reached}) => test !== mirror && room === mutant.room && reached.has(mutant.id))
    .map((run) => ({run, share: share(run)}))
    .sort((a, b) => b.share - a.share || a.run.took - b.run.took)
    .slice(0, FURTHER)
    .map(({run}) => run);
  return [...runs.filter(({test}) => test === mirror), ...further];
}

/** The outcome of the first test that does not pass; 'survived' if all pass. */
async function tryMutant(mutant, tests) {
  for (const run of tests) {
    const outcome = await runMutant(run, mutant.id);
    if (outcome !== 'passed') return {...mutant, outcome, by: run.test};
  }
  return {...mutant, outcome: tests.length === 0 ? 'not reached' : 'survived'};
}

const isKilled = ({outcome}) => outcome === 'failed' || outcome === 'timeout';
const percent = (share) => (100 * share).toFixed(1);

function describe({source, line, original, replacement, outcome}) {
  return `  ${outcome}: ${source}:${line}: ${original} → ${replacement.replaceAll(/\s+/g, ' ')}`;
}

function report(results, rooms) {
  for (const room of rooms) {
    const tried = results.filter((one) => one.room === room);
    console.log(`${room}: ${tried.filter(isKilled).length} of ${tried.length} noticed`);
  }
  const killed = results.filter(isKilled).length;
  const [low, high] = wilson(killed, results.length).map(percent);
  const late = results.filter(({outcome}) => outcome === 'timeout').length;
  const score = percent(killed / results.length);
  console.log(
    `${score} % of ${results.length} noticed, 95 % interval ${low} … ${high} % (${late} by a timeout)`,
  );
}

async function mutateSample(folders, size, seed) {
  const rooms = folders.map((folder) => folder.replace(/\/+$/, ''));
  for (const room of rooms) {
    if (!/^src\/./.test(room) || !existsSync(join(ROOT, room)) || !statSync(join(ROOT, room)).isDirectory()) {
      throw new Error(`Expected folders of src. Received: ${room}`);
    }
  }
  const roomOf = (file) => rooms.find((room) => file.startsWith(`${room}/`));
  const roomOfTest = (test) => roomOf(test.replace('test', 'src'));
  const sources = filesUnder(...rooms).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const mutants = makeSandbox(sources).map((mutant) => ({...mutant, room: roomOf(mutant.source)}));
  const tests = filesUnder(...rooms.map((room) => room.replace('src', 'test'))).filter((file) =>
    file.endsWith('.test.ts'),
  );
  console.log(`${mutants.length} mutants in ${sources.length} files; ${tests.length} tests with none active`);
  const runs = await each(tests, async (test) => ({...(await runUnchanged(test)), room: roomOfTest(test)}));
  const sample = draw(mutants, size, seed);
  let done = 0;
  const results = await each(sample, async (mutant) => {
    const result = await tryMutant(mutant, testsOf(mutant, mutants, runs));
    if (!isKilled(result)) console.log(describe(result));
    if (++done % 20 === 0) console.log(`${done} of ${sample.length} tried`);
    return result;
  });
  writeFileSync(join(OUT, `sample-${seed}.json`), JSON.stringify(results, null, 1));
  report(results, rooms);
}

module.exports = {mutateSample};
