import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Browser} from 'playwright-core';
import {wasmFiles} from './harness/bundle';
import type {BrowserSuite} from './harness/check_page';
import {newContext, watchPage} from './harness/chromium';
import {type ServedFiles, serve} from './harness/server';
import {trainAndReload} from './train_and_reload';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file));
const page = (head: string) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${head}<p>A page of a user's own.</p>`;
const names = 'ClassFrequency, EqualizationLoss, GroupAccuracy';

/** What users write to load the package in a page; each puts `tf` and `longtail` into `window`. */
const PAGES: Record<string, {backend: string; files(): ServedFiles}> = {
  'script tags': {
    backend: 'cpu',
    files: () => ({
      'index.html': page(`
        <script src="tf.min.js"></script>
        <script src="tfjs-longtail.min.js"></script>
        <script>window.longtail = tfLongtail;</script>`),
      'tf.min.js': read('node_modules/@tensorflow/tfjs/dist/tf.min.js'),
      'tfjs-longtail.min.js': read('dist/tfjs-longtail.min.js'),
    }),
  },
  'script tags, wasm after the package': {
    backend: 'wasm',
    files: () => ({
      'index.html': page(`
        <script src="tf.min.js"></script>
        <script src="tfjs-longtail.min.js"></script>
        <script src="tf-backend-wasm.min.js"></script>
        <script>window.longtail = tfLongtail;</script>`),
      'tf.min.js': read('node_modules/@tensorflow/tfjs/dist/tf.min.js'),
      'tf-backend-wasm.min.js': read(
        'node_modules/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js',
      ),
      'tfjs-longtail.min.js': read('dist/tfjs-longtail.min.js'),
      ...wasmFiles(),
    }),
  },
  'ES modules by an import map': {
    backend: 'cpu',
    files: () => ({
      'index.html': page(`
        <script type="importmap">{"imports": {
          "@tensorflow/tfjs": "./tf.fesm.min.js",
          "@tensorflow/tfjs-core": "./tf.fesm.min.js",
          "@tensorflow/tfjs-layers": "./tf.fesm.min.js",
          "tfjs-longtail": "./esm/index.mjs"
        }}</script>
        <script type="module">
          import * as tf from '@tensorflow/tfjs';
          import {${names}} from 'tfjs-longtail';
          Object.assign(window, {tf, longtail: {${names}}});
        </script>`),
      'tf.fesm.min.js': read('node_modules/@tensorflow/tfjs/dist/tf.fesm.min.js'),
      ...filesIn(path.join(ROOT, 'dist/esm'), 'esm/'),
    }),
  },
  'built by Vite': {backend: 'wasm', files: viteBuild},
};

/** All files of a directory, under `prefix`. */
function filesIn(directory: string, prefix = ''): ServedFiles {
  const entries = readdirSync(directory, {withFileTypes: true, recursive: true}).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((file) => [
      prefix + path.relative(directory, file).replaceAll(path.sep, '/'),
      readFileSync(file),
    ]),
  );
}

/** A project that imports the package by its name, built for production. */
function viteBuild(): ServedFiles {
  const project = mkdtempSync(path.join(tmpdir(), 'tfjs-longtail-vite-'));
  try {
    mkdirSync(path.join(project, 'node_modules'));
    for (const [name, target] of [
      ['tfjs-longtail', ROOT],
      ['@tensorflow', path.join(ROOT, 'node_modules/@tensorflow')],
    ]) {
      symlinkSync(target, path.join(project, 'node_modules', name), 'junction');
    }
    const binaries = Object.keys(wasmFiles());
    writeFileSync(
      path.join(project, 'main.js'),
      `import * as tf from '@tensorflow/tfjs';
       import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
       ${binaries.map((name, i) => `import url${i} from '@tensorflow/tfjs-backend-wasm/dist/${name}?url';`).join('\n')}
       import 'tfjs-longtail/kernels/wasm';
       import {${names}} from 'tfjs-longtail';
       setWasmPaths({${binaries.map((name, i) => `'${name}': url${i}`).join(', ')}});
       Object.assign(window, {tf, longtail: {${names}}});`,
    );
    writeFileSync(path.join(project, 'index.html'), page('<script type="module" src="main.js"></script>'));
    const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', project, '--base', './'], {stdio: 'pipe', cwd: project});
    return filesIn(path.join(project, 'dist'));
  } finally {
    rmSync(project, {recursive: true, force: true});
  }
}

/** The builds in dist, loaded in the ways that users load them. */
export const builds: BrowserSuite = {
  title: 'builds',
  async run(browser, report) {
    execFileSync(process.execPath, [path.join(ROOT, '.ci/build.js')], {stdio: 'inherit'});
    for (const [how, {backend, files}] of Object.entries(PAGES)) {
      const title = `${how}: trains on ${backend}, and IndexedDB gives the loss back`;
      try {
        const {next, ...result} = await inPage(browser, files(), backend);
        const history = ['loss', 'acc', 'rare_accuracy'];
        assert.deepEqual(result, {backend, history, lower: true, lambda: 0.03});
        assert.equal(next[1], next[0]);
        report.pass(title);
      } catch (error) {
        report.fail(title, error instanceof Error ? error.message : String(error));
      }
    }
  },
};

async function inPage(browser: Browser, files: ServedFiles, backend: string) {
  const server = await serve(files);
  const context = await newContext(browser);
  try {
    const tab = await context.newPage();
    const failures: string[] = [];
    watchPage(tab, (message) => failures.push(message));
    await tab.goto(server.url);
    await tab
      .waitForFunction(() => 'longtail' in window, undefined, {timeout: 30_000})
      .catch((error) => {
        throw new Error([...failures, error.message].join('; '));
      });
    const result = await tab.evaluate(trainAndReload, backend);
    assert.deepEqual(failures, []);
    return result;
  } finally {
    await context.close();
    await server.close();
  }
}
