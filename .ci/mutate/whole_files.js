// Stryker's own run of whole files: every change of a file, each against its own tests.
const {spawnSync} = require('node:child_process');
const {existsSync, mkdirSync, readFileSync, writeFileSync} = require('node:fs');
const {join} = require('node:path');
const {EXCLUDED, mirrorOf, OUT, ROOT, STRYKER, textAt} = require('./shared');

/** The tests of a source file: its own, or those named after `=`. */
function parse(argument) {
  const [source, tests = mirrorOf(source)] = argument.split('=');
  for (const file of [source, ...tests.split(',')]) {
    if (!existsSync(join(ROOT, file))) throw new Error(`Expected a file. Received: ${file}`);
  }
  return {source, tests: tests.split(',')};
}

function mutate({source, tests}) {
  const name = source.replaceAll('/', '.');
  const report = join(OUT, `${name}.json`);
  const config = {
    testRunner: 'command',
    commandRunner: {command: `npx ava --fail-fast ${tests.join(' ')}`},
    mutate: [source],
    concurrency: 2,
    timeoutMS: 30_000,
    // tsx does not check types.
    disableTypeChecks: false,
    mutator: {excludedMutations: EXCLUDED},
    // Stryker would need TypeScript beside it to read ours.
    tsconfigFile: 'none',
    ignorePatterns: ['out', 'dist', 'demo', 'docs', 'notebooks', 'models'],
    tempDirName: join(OUT, 'sandbox'),
    reporters: ['json', 'progress-append-only'],
    jsonReporter: {fileName: report},
  };
  mkdirSync(OUT, {recursive: true});
  const file = join(OUT, `${name}.config.json`);
  writeFileSync(file, JSON.stringify(config));
  const args = ['--yes', '--package', STRYKER, 'stryker', 'run', file];
  const {status} = spawnSync('npx', args, {cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit']});
  if (status !== 0) throw new Error(`Stryker ended with code ${status}.`);
  return Object.values(JSON.parse(readFileSync(report, 'utf8')).files).flatMap(({mutants, source: text}) =>
    mutants.map((mutant) => ({...mutant, original: textAt(text, mutant.location)})),
  );
}

function mutateWholeFiles(args) {
  for (const file of args.map(parse)) {
    const mutants = mutate(file).filter(({status}) => status !== 'Ignored');
    const survived = mutants.filter(({status}) => status === 'Survived' || status === 'NoCoverage');
    const score = 100 * (1 - survived.length / mutants.length);
    for (const {location, original, replacement} of survived) {
      console.log(
        `  ${file.source}:${location.start.line}:${location.start.column}: ${original} → ${replacement}`,
      );
    }
    console.log(`${file.source}: ${score.toFixed(1)} % of ${mutants.length} noticed`);
  }
}

module.exports = {mutateWholeFiles};
