import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {build, type Plugin} from 'esbuild';
import type {Kernels, Setting, SpecResults} from './setting';

// tfjs-core's jasmine_util loads a second copy of jasmine, to set its timeout.
const oneJasmine: Plugin = {
  name: 'one-jasmine',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^jasmine-core\/lib/}, () => ({path: 'unused', namespace: 'unused'}));
    onLoad({filter: /./, namespace: 'unused'}, () => ({contents: 'module.exports = {core: () => ({})};'}));
  },
};

/**
 * tfjs-core's own specs, which come with its package, in one file for Node. They are ES modules and import tfjs-core's
 * sources: the backend and this package's kernels have to share these.
 */
export async function bundleSpecs(directory: string): Promise<string> {
  const outfile = path.join(directory, 'specs.js');
  await build({
    stdin: {
      contents:
        "import './process/set_up'; import '@tensorflow/tfjs-core/dist/tests'; import './process/execute';",
      resolveDir: __dirname,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    // Otherwise esbuild leaves out what packages say has no side effects, specs among it.
    ignoreAnnotations: true,
    external: ['jasmine-core'],
    plugins: [oneJasmine],
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

/** Runs them on the wasm backend, in a process of their own. */
export async function runSpecs(bundle: string, kernels: Kernels): Promise<SpecResults> {
  const resultsFile = path.join(path.dirname(bundle), `${kernels}.json`);
  const wasmPath = path.join(
    path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'dist/',
  );
  const setting: Setting = {kernels, wasmPath, resultsFile};
  // What specs print, as profiles and warnings, is of no use here.
  const maxBuffer = 1 << 28;
  await promisify(execFile)(process.execPath, [bundle, JSON.stringify(setting)], {maxBuffer});
  return JSON.parse(readFileSync(resultsFile, 'utf8'));
}
