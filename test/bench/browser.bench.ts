import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {bundlePage} from '../browser/harness/bundle';
import {CHROMIUM, withChromium} from '../browser/harness/chromium';
import {withPage} from '../browser/harness/open_page';
import type {PageSetting} from '../browser/harness/start_backend';
import type {LossTiming} from '../browser/loss_timings';
import type {StepDispatches} from '../browser/step_dispatches';

const RESULTS = path.join(__dirname, '../../out/bench/browser.json');

/** Losses and gradients on a browser's backend. */
export interface BrowserTimings {
  backend: 'webgl' | 'webgpu';
  /** The GPU, or the program that stands in for one. */
  device: string;
  timings: LossTiming[];
  /** Of a training step of the main job's network. */
  dispatches: StepDispatches;
}

/** EqualizationLoss by this package's kernels and out of tfjs ops, and tfjs's own binary cross entropy, in Chromium. */
export async function browserBench(): Promise<BrowserTimings[]> {
  const files = await bundlePage(['test/browser/loss_timings', 'test/browser/step_dispatches']);
  const options = {isolated: false, timeoutMs: 600_000};
  return withChromium(async (browser) => {
    const results: BrowserTimings[] = [];
    for (const backend of ['webgl', 'webgpu'] as const) {
      const measured = await withPage(browser, files, options, async (page, url) => {
        await page.goto(url);
        const setting = {backend, threads: 1, composed: false, flags: {}};
        const timed = await page.evaluate((setting) => window.timeLosses(setting), setting);
        return {...timed, dispatches: await page.evaluate((setting) => window.countStep(setting), setting)};
      });
      results.push({backend, ...measured});
    }
    return results;
  });
}

const STEPS = [
  'main job, 16 pixels',
  'main job, 24 pixels',
  'MobileNet block, 14 × 14 × 32',
  'dense 1024 → 1230, batch of 512',
];

/** Prints training steps on wasm in Chromium: in a plain page, and in an isolated one by two threads of tfjs's. */
export async function printThreadsBench(): Promise<void> {
  const files = await bundlePage(['test/browser/step_timings']);
  const [one, two] = await withChromium(async (browser) => {
    const results: number[][] = [];
    for (const threads of [1, 2]) {
      const options = {isolated: threads > 1, timeoutMs: 600_000};
      const times = await withPage(browser, files, options, async (page, url) => {
        await page.goto(url);
        const setting = {backend: 'wasm', threads, composed: false, flags: {}} as const;
        const call = ({setting, jobs}: {setting: PageSetting; jobs: string[]}) =>
          window.timeSteps(setting, jobs);
        return page.evaluate(call, {setting, jobs: STEPS});
      });
      results.push(times);
    }
    return results;
  });
  console.log('\nTraining steps on wasm in Chromium, medians: one thread, and two of tfjs');
  STEPS.forEach((job, i) => {
    console.log(
      `${job}: ${one[i].toFixed(1)} ms, ${two[i].toFixed(1)} ms (${(two[i] / one[i]).toFixed(2)} ×)`,
    );
  });
}

/** Runs `browserBench`, prints its table and writes out/bench/browser.json; says so where there is no Chromium. */
export async function printBrowserBench(): Promise<void> {
  if (!existsSync(CHROMIUM)) {
    console.log(`\nwebgl, webgpu: left out, as there is no Chromium at ${CHROMIUM}`);
    return;
  }
  const results = await browserBench();
  mkdirSync(path.dirname(RESULTS), {recursive: true});
  writeFileSync(RESULTS, JSON.stringify(results, null, 2));
  console.log('\nLoss and gradient of one batch in Chromium, medians of interleaved rounds');
  console.log('backend  rows × classes         kernels        tfjs ops  ratio     plain BCE  ratio');
  const ms = (value: number) => `${value.toFixed(2)} ms`.padStart(12);
  for (const {backend, device, timings, dispatches} of results) {
    console.log(`${backend}: ${device}`);
    for (const {rows, classes, fused, composed, binaryCrossentropy} of timings) {
      const size = `${rows} × ${classes}`.padEnd(15);
      const ratio = (other: number) => `${(other / fused).toFixed(1)}×`.padStart(6);
      console.log(
        `${backend.padEnd(9)}${size}${ms(fused)}    ${ms(composed)} ${ratio(composed)}  ${ms(binaryCrossentropy)} ${ratio(binaryCrossentropy)}`,
      );
    }
    const {fused, composed, binaryCrossentropy, optimizer, fusedOptimizer} = dispatches;
    console.log(
      `dispatches of a step of the main job: ${fused} with the loss's kernels, ${composed} with tfjs ops, ` +
        `${binaryCrossentropy} with plain BCE; Adam's update ${optimizer} more, or ${fusedOptimizer} by kernels/gpu`,
    );
  }
  await printThreadsBench();
}

if (require.main === module) void printBrowserBench();
