import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import type {Browser, Page} from 'playwright-core';
import type {BrowserSuite} from './harness/check_page';
import {newContext, watchPage} from './harness/chromium';
import {serve} from './harness/server';
import {useOwnImages} from './own_images';
import {longTasks, watchLayout} from './page_timing';

/** For software rendering on a machine that has other things to do: WebGPU's steps take it many seconds there. */
const WAIT_MS = 600_000;
const ROOT = path.join(__dirname, '../..');
const PICTURES = path.join(ROOT, 'out/screenshots');
const VIEWS = {desktop: {width: 1280, height: 900}, phone: {width: 390, height: 844}};

/** The demo page as it is built, used as a visitor would; leaves pictures of it in out/screenshots. */
export const demo: BrowserSuite = {
  title: 'demo',
  async run(browser, report) {
    const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
    const config = path.join(ROOT, 'demo/vite.config.mts');
    execFileSync(process.execPath, [vite, 'build', '--config', config], {stdio: 'pipe', cwd: ROOT});
    mkdirSync(PICTURES, {recursive: true});
    const server = await serve(path.join(ROOT, 'out/demo'));
    const check = async (title: string, visit: (page: Page) => Promise<string>) => {
      try {
        report.pass(`${title} (${await visited(browser, server.url, visit)})`);
      } catch (error) {
        report.fail(title, error instanceof Error ? error.message : String(error));
      }
    };
    try {
      await check('λ moves by the keyboard and says what it spares', moveLambda);
      const later = 'trains, saves, loads back now and on a later visit';
      await check(`wasm: ${later}`, (page) => useAllTwice(page, 'wasm', 300));
      await check('own images: trained on, reported on, downloaded and loaded', (page) =>
        useOwnImages(page, PICTURES),
      );
      await check('WebGL: trains, saves, loads back', (page) => useAll(page, 'WebGL', 20));
      await check('WebGPU: trains, saves, loads back', (page) => useBriefly(page, 'WebGPU'));
      await check('nothing is wider than the narrowest phone, and nothing jumps', fitsPhones);
    } finally {
      await server.close();
    }
  },
};

/** A visit in a profile of its own, during which the page must report no error. */
async function visited(
  browser: Browser,
  url: string,
  visit: (page: Page) => Promise<string>,
): Promise<string> {
  const context = await newContext(browser, {viewport: VIEWS.desktop});
  const failures: string[] = [];
  try {
    const page = await context.newPage();
    watchPage(page, (message) => failures.push(message));
    await watchLayout(page);
    await page.goto(url);
    const note = await visit(page);
    assert.deepEqual(failures, []);
    return note;
  } catch (error) {
    throw failures.length > 0 ? new Error(`${failures.join('\n')}\n${error}`) : error;
  } finally {
    await context.close();
  }
}

const ready = (page: Page) => page.getByText('Ready.').first().waitFor({timeout: WAIT_MS});
const fact = (page: Page, name: string) => page.locator(`#fact-${name}`).textContent();
const button = (page: Page, name: string) => page.getByRole('button', {name, exact: true});

async function moveLambda(page: Page): Promise<string> {
  await ready(page);
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  assert.equal(await fact(page, 'spared'), '0 of 73');
  assert.equal(await fact(page, 'ratio'), '0.0 %');
  assert.equal(await page.locator('#tail-chart .spared rect').count(), 0);
  await page.keyboard.press('ArrowRight');
  const after = await page.locator('#tail-chart .spared rect').count();
  assert.equal(await fact(page, 'spared'), `${after} of 73`);
  assert.equal(await page.locator('#characters .spared').count(), after);
  assert.ok(after > 0);
  await page.keyboard.press('End');
  assert.equal(await fact(page, 'spared'), '73 of 73');
  assert.equal(await fact(page, 'ratio'), '100.0 %');
  assert.match(
    (await slider.getAttribute('aria-valuetext')) ?? '',
    /spares 73 characters, tail ratio 100\.0 %/,
  );
  return `${after} characters have the fewest crops`;
}

async function start(page: Page, backend: string, samples: number): Promise<void> {
  await ready(page);
  await page.getByRole('combobox', {name: 'Training crops'}).selectOption(String(samples));
  await ready(page);
  await page.getByRole('radio', {name: backend}).check();
  // By the keyboard, as the rest of what a visitor presses.
  await button(page, 'Train').press('Enter');
}

async function useAll(page: Page, backend: string, steps: number, samples = 5000): Promise<string> {
  await start(page, backend, samples);
  const began = await page.evaluate(() => performance.now());
  await page.waitForFunction(
    (wanted) =>
      Number(/step (\d+)/.exec(document.getElementById('status')?.textContent ?? '')?.[1]) >= wanted,
    steps,
    {timeout: 300_000},
  );
  const longest = await longTasks(page, began);
  await pauseAndSave(page);
  for (const chart of ['Training loss', 'Accuracy, rare', 'Accuracy, overall']) {
    const name = await page.getByRole('img', {name: chart}).getAttribute('aria-label');
    assert.match(
      name ?? '',
      /cross entropy [\d.]+( %)?, EQL [\d.]+( %)?(, .* adjusted [\d.]+ %)? at step \d+$/,
    );
  }
  const points = await page.locator('#chart-loss .line.eql path').getAttribute('d');
  assert.ok((points ?? '').split('L').length >= steps / 10, `points: ${points}`);
  await proveReload(page);
  return longest;
}

async function useAllTwice(page: Page, backend: string, steps: number): Promise<string> {
  const longest = await useAll(page, backend, steps, 20_000);
  await pictures(page);
  await page.reload();
  await ready(page);
  await page.getByText('There are models from an earlier visit.').waitFor();
  await page.getByRole('radio', {name: backend}).check();
  await proveReload(page);
  return longest;
}

/** Pauses before the backend has started: Chromium's WebGPU without a GPU takes seconds for a step. */
async function useBriefly(page: Page, backend: string): Promise<string> {
  await start(page, backend, 5000);
  await pauseAndSave(page);
  const [, steps] =
    /^Resting at step (\d+)\.$/.exec((await page.locator('#status').textContent()) ?? '') ?? [];
  assert.ok(Number(steps) >= 1 && Number(steps) < 10, `steps: ${steps}`);
  await proveReload(page);
  return (await page.locator('#status').textContent()) ?? '';
}

async function pauseAndSave(page: Page): Promise<void> {
  await button(page, 'Pause').press('Enter');
  await button(page, 'Continue').waitFor({timeout: WAIT_MS});
  await button(page, 'Save to IndexedDB').press('Enter');
  await page.getByText(/^Saved both models/).waitFor({timeout: WAIT_MS});
  // A visitor without a mouse is still where they were.
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'save');
}

/** Loads the saved models back: all that is compared must be the same. */
async function proveReload(page: Page): Promise<void> {
  const samples = page.getByRole('combobox', {name: 'Training crops'});
  const before = await samples.inputValue();
  await button(page, 'Load it back').press('Enter');
  await page.locator('#proof table').waitFor({timeout: WAIT_MS});
  const rows = await page.locator('#proof tbody tr').allInnerTexts();
  assert.equal(rows.length, 9);
  assert.deepEqual(
    rows.filter((row) => !row.includes('✓')),
    [],
  );
  assert.match(rows[0], /^Loss\s+EqualizationLoss\s+EqualizationLoss/);
  assert.equal(await samples.inputValue(), before);
}

async function pictures(page: Page): Promise<void> {
  for (const [name, size] of Object.entries(VIEWS)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({colorScheme});
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100))));
      await page.screenshot({path: path.join(PICTURES, `demo-${name}-${colorScheme}.png`), fullPage: true});
    }
  }
  await page.emulateMedia({colorScheme: null});
  await page.setViewportSize(VIEWS.desktop);
}

async function fitsPhones(page: Page): Promise<string> {
  await ready(page);
  const shift = await page.evaluate(() => window.layoutShift);
  assert.ok(shift <= 0.01, `layout shift ${shift}`);
  await page.setViewportSize({width: 360, height: 740});
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  return `layout shift ${shift.toFixed(3)}`;
}
