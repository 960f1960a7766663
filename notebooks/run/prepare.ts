import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

export const NOTEBOOKS = join(__dirname, '..');
const ROOT = join(NOTEBOOKS, '..');

/** What makes Jupyter find the kernel that is committed beside the notebooks. */
export function jupyterEnvironment(): NodeJS.ProcessEnv {
  const paths = [join(NOTEBOOKS, 'jupyter'), process.env.JUPYTER_PATH].filter(Boolean);
  return {...process.env, JUPYTER_PATH: paths.join(process.platform === 'win32' ? ';' : ':')};
}

/** Whether a subcommand of Jupyter is installed, e.g. `nbconvert`. */
export function hasJupyter(command: string): boolean {
  return spawnSync('jupyter', [command, '--version'], {stdio: 'ignore'}).status === 0;
}

/**
 * Makes what the notebooks import by name: the package as it is published, built just now, and the data of Moby-Dick. Both
 * lie in a node_modules of the notebooks' own, which takes them before any other.
 *
 * @throws Error when the build fails.
 */
export function prepare(): void {
  execFileSync(process.execPath, [join(ROOT, '.ci/build.js')], {stdio: 'inherit'});
  const modules = join(NOTEBOOKS, 'node_modules');
  const mobyDick = join(modules, 'moby-dick');
  rmSync(modules, {recursive: true, force: true});
  mkdirSync(mobyDick, {recursive: true});
  symlinkSync(ROOT, join(modules, 'tfjs-longtail'), 'junction');
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', join(NOTEBOOKS, 'moby-dick')], {stdio: 'inherit'});
  const main = './notebooks/moby-dick/index.js';
  writeFileSync(join(mobyDick, 'package.json'), JSON.stringify({name: 'moby-dick', private: true, main}));
}
