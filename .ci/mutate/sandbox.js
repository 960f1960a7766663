// A copy of the repository in which the sources carry all their mutants at once.
const {spawnSync} = require('node:child_process');
const {copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} = require('node:fs');
const {dirname, join} = require('node:path');
const {EXCLUDED, OUT, ROOT, STRYKER, textAt} = require('./shared');

const SANDBOX = join(OUT, 'instrumented');

function run(command, args) {
  const {status, stdout} = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with code ${status}.`);
  return stdout;
}

/** Files that git tracks or does not ignore. */
const filesUnder = (...folders) =>
  run('git', ['ls-files', '-co', '--exclude-standard', '--', ...folders])
    .split('\n')
    .slice(0, -1);

/** Makes the copy; returns the mutants of `sources` that are not excluded. */
function makeSandbox(sources) {
  rmSync(SANDBOX, {recursive: true, force: true});
  for (const file of filesUnder('.')) {
    mkdirSync(dirname(join(SANDBOX, file)), {recursive: true});
    copyFileSync(join(ROOT, file), join(SANDBOX, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(SANDBOX, 'node_modules'));
  const task = join(OUT, 'instrument.json');
  const mutants = join(OUT, 'mutants.json');
  const files = sources.map((source) => ({source, target: join(SANDBOX, source)}));
  writeFileSync(task, JSON.stringify({files, excluded: EXCLUDED, mutants}));
  run('npx', ['--yes', '--package', STRYKER, 'node', join(__dirname, 'instrument.js'), task]);
  return JSON.parse(readFileSync(mutants, 'utf8'))
    .filter(({status}) => status !== 'Ignored')
    .map(({id, fileName, location, replacement}) => ({
      id,
      source: fileName,
      line: location.start.line + 1,
      original: textAt(readFileSync(join(ROOT, fileName), 'utf8'), fromOne(location)),
      replacement,
    }));
}

/** Stryker's instrumenter counts lines and columns from 0. */
function fromOne({start, end}) {
  const next = ({line, column}) => ({line: line + 1, column: column + 1});
  return {start: next(start), end: next(end)};
}

module.exports = {SANDBOX, filesUnder, makeSandbox};
