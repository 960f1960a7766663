// Chooses the tests to run on a mutant.
const {existsSync} = require('node:fs');
const {join} = require('node:path');
const {each} = require('./each');
const {runUnchanged} = require('./run_test');
const {filesUnder} = require('./sandbox');
const {mirrorOf, ROOT} = require('./shared');

/** Skips tests of other folders that take longer than this, in ms. */
const LONGEST_ELSEWHERE = 20_000;

const testsUnder = (...folders) => filesUnder(...folders).filter((file) => file.endsWith('.test.ts'));
const mirrored = (test) => test.replace(/^test/, 'src');

/** Runs the tests of these folders. */
function runRooms(rooms) {
  return each(testsUnder(...rooms.map((room) => room.replace(/^src/, 'test'))), async (test) => ({
    ...(await runUnchanged(test)),
    room: rooms.find((room) => mirrored(test).startsWith(`${room}/`)),
  }));
}

/** Runs the tests of all other folders of src. */
async function runElsewhere(rooms) {
  const tests = testsUnder('test').filter((test) => {
    const [, folder] = test.split('/');
    return (
      existsSync(join(ROOT, 'src', folder)) && !rooms.some((room) => mirrored(test).startsWith(`${room}/`))
    );
  });
  const runs = await each(tests, (test) =>
    runUnchanged(test, LONGEST_ELSEWHERE).catch(() => console.log(`  left out: ${test}`)),
  );
  return runs.filter((run) => run !== undefined);
}

/** The file's own test first; then those of the folder that reach the mutant. */
function testsOfRoom(mutant, mutants, runs) {
  const mirror = mirrorOf(mutant.source);
  const others = runs.filter(({test, room}) => test !== mirror && room === mutant.room);
  return [...runs.filter(({test}) => test === mirror), ...reaching(mutant, mutants, others)];
}

/** Runs that reach the mutant, those that reach most of its file first. */
function reaching(mutant, mutants, runs) {
  const ofFile = mutants.filter(({source}) => source === mutant.source);
  const share = ({reached}) => ofFile.filter(({id}) => reached.has(id)).length;
  return runs
    .filter(({reached}) => reached.has(mutant.id))
    .map((run) => ({run, share: share(run)}))
    .sort((a, b) => b.share - a.share || a.run.took - b.run.took)
    .map(({run}) => run);
}

module.exports = {reaching, runElsewhere, runRooms, testsOfRoom};
