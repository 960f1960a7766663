// `npm run mutate -- src/frequency/tail_ratio.ts …`: Stryker changes each of these files in every way it knows, and the
// test file that mirrors it has to notice. Prints the score of each, and what nobody noticed. npx brings Stryker.
const {spawnSync} = require('node:child_process');
const {existsSync, mkdirSync, readFileSync, writeFileSync} = require('node:fs');
const {join} = require('node:path');

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'out/mutate');
// 10 needs Node 22.
const STRYKER = '@stryker-mutator/core@9';

/** The test file of a source file: where it stands in `test`, or what is named after `=`. */
function parse(argument) {
  const [source, tests = source.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts')] = argument.split('=');
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
    // tsx checks none.
    disableTypeChecks: false,
    // Messages are for people; tests ask for the words that matter.
    mutator: {excludedMutations: ['StringLiteral']},
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

/** The text of a mutant's place, the first line of it. */
function textAt(text, {start, end}) {
  const line = text.split('\n')[start.line - 1];
  return line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
}

function main(args) {
  if (args.length === 0) throw new Error('Expected source files: src/….ts, or src/….ts=test/….test.ts,…');
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

main(process.argv.slice(2));
