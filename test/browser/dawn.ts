import {spawnSync} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bundlePage} from './harness/bundle';

// `npm run test:gpu` runs the checks of WebGPU on this machine's GPU, without a browser: in Node.js on Dawn, Chromium's
// WebGPU. Needs `npm i --no-save webgpu`, which is no dependency, and a Vulkan driver. The checks of `training` stay out:
// they save to IndexedDB, which only browsers have.

const SUITES = ['kernels', 'elements', 'losses', 'metrics', 'state', 'optimizers', 'fuzz'];
const SETTING = {backend: 'webgpu', threads: 1, composed: false, flags: {}} as const;
const ON_GPU = {...SETTING, flags: {WEBGPU_CPU_FORWARD: false}};

/** Makes this process look like a page that has a GPU. */
function openPage(): void {
  // biome-ignore lint/suspicious/noExplicitAny: no dependency, and so without types here
  const {create, globals} = require('webgpu') as any;
  const navigator = {gpu: create([]), hardwareConcurrency: 1, userAgent: 'node'};
  Object.assign(globalThis, globals, {window: globalThis, self: globalThis});
  Object.defineProperty(globalThis, 'navigator', {value: navigator, configurable: true});
}

async function load(...modules: string[]): Promise<void> {
  const files = await bundlePage(modules.map((module) => `test/browser/${module}`));
  const path = join(mkdtempSync(join(tmpdir(), 'tfjs-longtail-gpu-')), 'page.js');
  writeFileSync(path, files['page.js']);
  require(path);
}

/** Runs one suite in this process. */
async function runSuite(suite: string): Promise<void> {
  openPage();
  if (suite === 'timings') {
    await load('loss_timings', 'gpu_steps');
    console.log(await window.timeLosses(SETTING), await window.timeGpuSteps(SETTING));
    return;
  }
  await load(`${suite}.browser`, 'harness/run_checks');
  let passed = 0;
  let failed = 0;
  window.reportCheck = async (name, failure) => {
    failure ? ++failed : ++passed;
    if (failure) console.error(`✖ ${name}\n${failure}`);
  };
  await window.runChecks(ON_GPU);
  console.log(`${suite}: ${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function main([suite]: string[]): Promise<void> {
  if (suite) {
    await runSuite(suite);
    // The device keeps the process alive.
    process.exit();
  }
  for (const each of [...SUITES, 'timings']) {
    const {status} = spawnSync(process.execPath, ['-r', 'tsx/cjs', __filename, each], {stdio: 'inherit'});
    if (status !== 0) process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
