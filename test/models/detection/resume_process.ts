import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {ForegroundSmoothL1} from '../../../models/detection/box_loss';
import {type GreyPage, PAGE_HEIGHT, PAGE_WIDTH} from '../../../models/detection/data/grey_page';
import {trainingSamples} from '../../../models/detection/data/training_samples';
import {fastRcnnHead} from '../../../models/detection/heads/fast_rcnn';
import {startBackend} from '../../../models/moby-dick/backend';
import {SeesawLoss} from '../../../src/index.node';
import {indexedDataset, repeatFactor, type SamplingState} from '../../../src/sampling';

const CLASSES = 3;
const PAGES = 4;
const VISITS = 3;

/** A page with a few bars of three sizes, without any font. */
function barPage(at: number): GreyPage {
  const ink = new Uint8Array(PAGE_HEIGHT * PAGE_WIDTH);
  const boxes: number[] = [];
  const labels: number[] = [];
  for (let k = 0; k < 12; ++k) {
    const label = k % (at === 0 ? 3 : 2);
    const [y, x, height, width] = [20 + 30 * (k % 3), 20 + 45 * k + 3 * at, 4 + 4 * label, 8 - 2 * label];
    for (let row = y; row < y + height; ++row)
      ink.fill(255, row * PAGE_WIDTH + x, row * PAGE_WIDTH + x + width);
    boxes.push(y, x, y + height, x + width);
    labels.push(label);
  }
  return {ink, boxes: Float64Array.from(boxes), labels: Int32Array.from(labels)};
}

/**
 * Trains a head of two outputs for so many batches, saves after each, and prints a line for each and a hash of all weights
 * at the end. Where the directory has a model it goes on with that.
 */
async function main([directory, batches]: string[]): Promise<void> {
  await startBackend('wasm');
  const pages = Array.from({length: PAGES}, (_, at) => barPage(at));
  const length = PAGES * VISITS;
  const get = trainingSamples({
    pages,
    classes: CLASSES,
    seed: 3,
    visits: VISITS,
    boxes: 8,
    foregroundFraction: 0.5,
  });
  const labels = Array.from({length}, (_, i) => [...new Set(pages[i % PAGES].labels)]);
  const dataset = indexedDataset(
    {length, get, labels},
    {batchSize: 2, seed: 5, numClasses: CLASSES, labels: 'list', sampler: repeatFactor({threshold: 0.9})},
  );
  const path = `file://${directory}`;
  let model: tf.LayersModel;
  let done = 0;
  if (existsSync(join(directory, 'model.json'))) {
    model = await tf.loadLayersModel(`${path}/model.json`);
    const state = model.getUserDefinedMetadata() as {done: number; sampling: SamplingState};
    dataset.setState(state.sampling);
    done = state.done;
  } else {
    model = fastRcnnHead({outputs: CLASSES + 2, seed: 1, prior: 0.5});
    const loss = [new SeesawLoss({numClasses: CLASSES, objectness: true}), new ForegroundSmoothL1()];
    model.compile({optimizer: tf.train.adam(3e-3), loss});
  }
  const iterator = await dataset.repeat().iterator();
  for (; done < Number(batches); ++done) {
    const {value} = await iterator.next();
    const {xs, ys} = value as {xs: Record<string, tf.Tensor>; ys: Record<string, tf.Tensor>};
    const losses = await model.trainOnBatch(xs, ys);
    tf.dispose([xs, ys]);
    model.setUserDefinedMetadata({
      ...model.getUserDefinedMetadata(),
      done: done + 1,
      sampling: dataset.getState(),
    });
    await model.save(path, {includeOptimizer: true});
    console.log(`${done + 1}: ${losses}`);
  }
  const hash = createHash('sha256');
  for (const weight of model.getWeights()) hash.update(new Uint8Array(weight.dataSync().buffer));
  console.log(`weights ${hash.digest('hex')}`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
