const {spawn} = require('node:child_process');
const {mkdirSync, readdirSync, readFileSync, rmSync} = require('node:fs');
const {join} = require('node:path');
const {OUT} = require('./shared');
const {SANDBOX} = require('./sandbox');

const AVA = join('node_modules', 'ava', 'entrypoints', 'cli.mjs');
/** A test that takes longer than this without a mutant is broken. */
const LONGEST = 5 * 60_000;

/** Runs ava on one test file; returns 'passed', 'failed' or 'timeout', the time it took, and its output. */
function ava(test, env, limit) {
  const args = [AVA, '--fail-fast', '--concurrency', '1', '--timeout', '10m', test];
  const started = Date.now();
  // Its own process group, so that everything a test has started can be ended.
  const child = spawn(process.execPath, args, {
    cwd: SANDBOX,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...env},
  });
  const printed = [];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, limit);
    child.on('close', (code) => {
      clearTimeout(timer);
      const outcome = late ? 'timeout' : code === 0 ? 'passed' : 'failed';
      resolve({outcome, took: Date.now() - started, text: Buffer.concat(printed).toString()});
    });
  });
}

/** Runs a test file without active mutants, which has to pass; returns the time it took, and the mutants it reached. */
async function runUnchanged(test, limit = LONGEST) {
  const folder = join(OUT, 'reached', test);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  const {outcome, took, text} = await ava(test, {MUTATE_REACHED: folder}, limit);
  if (outcome !== 'passed') throw new Error(`${test} fails with no mutant active:\n${text}`);
  const reached = readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return {test, took, reached: new Set(reached)};
}

/** Runs a test file with one mutant active. */
async function runMutant({test, took}, id) {
  const {outcome} = await ava(test, {MUTATE_ACTIVE: id}, 15_000 + 5 * took);
  return outcome;
}

module.exports = {runMutant, runUnchanged};
