// `npm run mutate -- src/frequency/tail_ratio.ts …`: Stryker changes each of these files in every way it knows, and the
// corresponding test file has to notice. Prints each score and the unnoticed changes. npx installs Stryker.
// `npm run mutate -- --sample 400 [--seed 1] src/losses …`: a random sample of the changes of whole folders.
const {parseArgs} = require('node:util');
const {mutateSample} = require('./mutate/sample');
const {mutateWholeFiles} = require('./mutate/whole_files');

/** Parses an integer ≥ 1. */
function count(name, text) {
  if (!/^[1-9]\d*$/.test(text))
    throw new Error(`Expected --${name} to be a positive integer. Received: ${text}`);
  return Number(text);
}

async function main() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {sample: {type: 'string'}, seed: {type: 'string', default: '1'}},
  });
  if (positionals.length === 0) {
    throw new Error('Expected source files, src/….ts or src/….ts=test/….test.ts,…; or --sample and folders.');
  }
  if (values.sample === undefined) mutateWholeFiles(positionals);
  else await mutateSample(positionals, count('sample', values.sample), count('seed', values.seed));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
