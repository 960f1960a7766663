import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createCanvas} from '@napi-rs/canvas';
import * as tf from '@tensorflow/tfjs';
import type {Download, Page} from 'playwright-core';
import {LogitAdjustedLoss} from '../../src/index.node';

/** Two classes of one color each, in a folder, and a file that is no image. */
function ownImages(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'own-images-'));
  for (const [name, color, count] of [
    ['red tile', '#d02020', 12],
    ['blue tile', '#2020d0', 8],
  ] as const) {
    mkdirSync(path.join(folder, name));
    for (let i = 0; i < count; ++i) {
      const canvas = createCanvas(40, 30);
      const pen = canvas.getContext('2d');
      pen.fillStyle = color;
      pen.fillRect(i, 0, 40, 30);
      writeFileSync(path.join(folder, name, `${i}.png`), canvas.toBuffer('image/png'));
    }
  }
  writeFileSync(path.join(folder, 'red tile', 'broken.png'), 'no image');
  return folder;
}

/** Trains on a folder of images, and loads what the page gives to download. */
export async function useOwnImages(page: Page, pictures: string): Promise<string> {
  const folder = ownImages();
  try {
    await page.locator('#own-folder').setInputFiles(folder);
    await page
      .getByText('Trained on 15 images of 2 classes. One file could not be read.')
      .waitFor({timeout: 120_000});
    const report = (await page.locator('#own-report').textContent()) ?? '';
    for (const text of ['red tile', 'blue tile', 'macro average']) assert.ok(report.includes(text), report);
    assert.equal(await page.locator('#own-history svg').count(), 1);
    await page.locator('#own-title').scrollIntoViewIfNeeded();
    await page
      .locator('section', {has: page.locator('#own-title')})
      .screenshot({path: path.join(pictures, 'own-images.png')});
    const downloads: Download[] = [];
    page.on('download', (download) => void downloads.push(download));
    await page.getByRole('button', {name: 'Download the model'}).press('Enter');
    await expectSoon(() => downloads.length === 2);
    const saved = mkdtempSync(path.join(tmpdir(), 'own-model-'));
    for (const download of downloads) await download.saveAs(path.join(saved, download.suggestedFilename()));
    const model = await tf.loadLayersModel(`file://${path.join(saved, 'model.json')}`);
    assert.ok((model.loss as unknown) instanceof LogitAdjustedLoss);
    assert.deepEqual(model.outputs[0].shape, [null, 2]);
    return 'two classes of 12 and 8 images';
  } finally {
    rmSync(folder, {recursive: true});
  }
}

async function expectSoon(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !holds(); ++i) await new Promise((done) => setTimeout(done, 100));
  assert.ok(holds());
}
