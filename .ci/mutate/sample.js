// Measures the share of a random sample of whole folders' mutants that the tests notice.
const {existsSync, statSync, writeFileSync} = require('node:fs');
const {join} = require('node:path');
const {each} = require('./each');
const {runMutant} = require('./run_test');
const {filesUnder, makeSandbox} = require('./sandbox');
const {OUT, ROOT} = require('./shared');
const {draw, wilson} = require('./statistics');
const {reaching, runElsewhere, runRooms, testsOfRoom} = require('./tests_of');

/** Number of its folder's tests to run on a mutant after its file's own; if all pass, as many again, and as many others. */
const FURTHER = 12;

/** The outcome of the first test that does not pass; 'survived' if all pass. */
async function tryMutant(mutant, tests) {
  for (const run of tests) {
    const outcome = await runMutant(run, mutant.id);
    if (outcome !== 'passed') return {...mutant, outcome, by: run.test};
  }
  return {...mutant, outcome: tests.length > 0 ? 'survived' : (mutant.outcome ?? 'not reached')};
}

/** Tries each on its tests, and prints those that nobody noticed. */
function tryAll(mutants, testsOf) {
  let done = 0;
  return each(mutants, async (mutant) => {
    const result = await tryMutant(mutant, testsOf(mutant));
    if (!isKilled(result)) console.log(describe(result));
    if (++done % 20 === 0) console.log(`${done} of ${mutants.length} tried`);
    return result;
  });
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
  const sources = filesUnder(...rooms).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const mutants = makeSandbox(sources).map((mutant) => ({
    ...mutant,
    room: rooms.find((room) => mutant.source.startsWith(`${room}/`)),
  }));
  const sample = draw(mutants, size, seed);
  console.log(`${mutants.length} mutants in ${sources.length} files; tests of their rooms with none active`);
  const runs = await runRooms(rooms);
  const ofRoom = (mutant) => testsOfRoom(mutant, mutants, runs);
  const tried = await tryAll(sample, (mutant) => ofRoom(mutant).slice(0, 1 + FURTHER));

  const left = tried.filter((result) => !isKilled(result));
  console.log(`${left.length} not noticed so far; tests of other rooms with none active`);
  const elsewhere = left.length > 0 ? await runElsewhere(rooms) : [];
  const again = await tryAll(left, (mutant) => [
    ...ofRoom(mutant).slice(1 + FURTHER, 1 + 2 * FURTHER),
    ...reaching(mutant, mutants, elsewhere).slice(0, FURTHER),
  ]);
  const results = [...tried.filter(isKilled), ...again];
  writeFileSync(join(OUT, `sample-${seed}.json`), JSON.stringify(results, null, 1));
  report(results, rooms);
}

module.exports = {mutateSample};
