import {readFileSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';
import type {ServedFiles} from './server';

const ROOT = path.join(__dirname, '../../..');
const WASM = path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
const WASM_BINARIES = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** The wasm backend's binaries, for pages that serve them themselves. */
export function wasmFiles(): ServedFiles {
  return Object.fromEntries(WASM_BINARIES.map((name) => [name, readFileSync(path.join(WASM, name))]));
}

/** A page that runs TypeScript modules, given by their paths from the repository's root, with tfjs and all else. */
export async function bundlePage(modules: string[]): Promise<ServedFiles> {
  const {outputFiles} = await build({
    stdin: {
      contents: modules.map((module) => `import './${module}';`).join(' '),
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    // What tfjs asks for in Node alone.
    external: ['fs', 'path', 'os', 'util', 'crypto', 'perf_hooks', 'worker_threads', 'string_decoder'],
    // package.json names the files of dist that have side effects; without this esbuild takes src for free of any.
    ignoreAnnotations: true,
    write: false,
    logLevel: 'warning',
  });
  return {
    'index.html':
      '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="page.js"></script>',
    'page.js': outputFiles[0].text,
    ...wasmFiles(),
  };
}
