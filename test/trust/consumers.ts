import {copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {run} from '../io/files/start_saver';

const ROOT = join(__dirname, '../..');

/** A command that runs a script, in a project's folder, and the packages that bring it. */
interface Runtime {
  packages: string[];
  command: string;
  args: string[];
}

const NODE: Runtime = {packages: [], command: process.execPath, args: []};

export const RUNTIMES: Record<string, Runtime> = {
  'node 20': {packages: ['node@20'], command: 'node_modules/.bin/node', args: []},
  'node 22': {packages: ['node@22'], command: 'node_modules/.bin/node', args: []},
  'node 24': {packages: ['node@24'], command: 'node_modules/.bin/node', args: []},
  bun: {packages: ['bun'], command: 'node_modules/.bin/bun', args: ['run']},
  deno: {packages: ['deno'], command: 'node_modules/.bin/deno', args: ['run', '-A']},
};

export type Outcome = {name: string; state: 'passed' | 'failed' | 'skipped'; note: string};

/** Packs the package into `folder`; returns the file. */
export async function pack(folder: string): Promise<string> {
  mkdirSync(folder, {recursive: true});
  const {output, code, errors} = await run(
    'npm',
    ['pack', '--silent', '--pack-destination', folder],
    undefined,
    ROOT,
  );
  if (code !== 0) throw new Error(errors);
  return join(folder, output.trim().split('\n').at(-1) as string);
}

/** Runs check.mjs with the packed package, a version of TensorFlow.js and a runtime; skipped where npm has them not. */
export async function tryConsumer(
  folder: string,
  tarball: string,
  tfjs: string,
  name = `tfjs ${tfjs}`,
  {packages, command, args} = NODE,
): Promise<Outcome> {
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  copyFileSync(join(__dirname, 'consumers/check.mjs'), join(folder, 'check.mjs'));
  const wanted = [`@tensorflow/tfjs@${tfjs}`, `@tensorflow/tfjs-backend-wasm@${tfjs}`, tarball, ...packages];
  const flags = ['--no-audit', '--no-fund', '--silent', '--legacy-peer-deps'];
  const installed = await run('npm', ['install', ...flags, ...wanted], undefined, folder);
  if (installed.code !== 0) return {name, state: 'skipped', note: 'npm does not have it here'};
  const {code, output, errors} = await run(command, [...args, 'check.mjs', 'out'], undefined, folder).catch(
    (error) => ({
      code: 1,
      output: '',
      errors: `ENOENT ${(error as Error).message}`,
    }),
  );
  if (errors.includes('ENOENT spawn')) return {name, state: 'skipped', note: 'its program is not there'};
  const note =
    code === 0
      ? output.trim()
      : (errors.split('\n').find((line) => line.includes('Error')) ?? `code ${code}`);
  return {name, state: code === 0 ? 'passed' : 'failed', note};
}
