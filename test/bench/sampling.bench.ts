import * as tf from '@tensorflow/tfjs';
import {startBackend} from '../../models/moby-dick/backend';
import {CROP_SIDE} from '../../models/moby-dick/data/crops';
import {cropDataset, trainingBatches} from '../../models/moby-dick/data/dataset';
import {trainingCrops} from '../../models/moby-dick/data/scans';
import {charCnn} from '../../models/moby-dick/network';
import {EqualizationLoss} from '../../src';
import {indexedArrays} from '../../src/sampling';
import {median} from './loss/median';

const SAMPLES = 1280;
const BATCH = 64;
const ROUNDS = 7;

/** Medians over interleaved rounds of one epoch, in milliseconds. */
export interface SamplingTiming {
  name: string;
  ms: number;
  /** By the time that `trainOnBatch` takes for batches that are there already. */
  ratio: number;
}

/** An epoch of the main job's network over its crops, on wasm: `fitDataset` over datasets against `trainOnBatch`. */
export async function samplingBench(): Promise<SamplingTiming[]> {
  await startBackend('wasm');
  const crops = trainingCrops({samples: SAMPLES, seed: 1});
  const classes = crops.classes.length;
  const model = charCnn({classes, side: CROP_SIDE, seed: 1});
  const freqInfo = new Array<number>(classes).fill(0.001);
  model.compile({optimizer: tf.train.adam(1e-3), loss: new EqualizationLoss({lambda: 0.002, freqInfo})});
  const epochOf = async (dataset: Parameters<typeof model.fitDataset>[0]) => {
    await model.fitDataset(dataset, {epochs: 1, verbose: 0, yieldEvery: 'never'});
  };
  const count = crops.labels.length;
  const pixels = tf.tidy(() =>
    tf.div(tf.tensor4d(Float32Array.from(crops.images), [count, CROP_SIDE, CROP_SIDE, 1]), 255),
  );
  const labels = tf.tensor1d(crops.labels, 'float32');
  const starts = Array.from({length: Math.ceil(count / BATCH)}, (_, b) => b * BATCH);
  const batches = starts.map((start) => {
    const rows = Math.min(BATCH, count - start);
    return {xs: tf.slice(pixels, start, rows), ys: tf.slice(labels, start, rows)};
  });
  const images = {data: crops.images, shape: [count, CROP_SIDE, CROP_SIDE, 1]};
  const indexed = indexedArrays(
    {xs: images, ys: crops.labels},
    {
      batchSize: BATCH,
      transform: ({xs}) => {
        for (let i = 0; i < xs.length; ++i) xs[i] /= 255;
      },
    },
  );
  const contenders: Record<string, () => Promise<void>> = {
    trainOnBatch: async () => {
      for (const {xs, ys} of batches) await model.trainOnBatch(xs, ys);
    },
    'fitDataset(indexedArrays)': () => epochOf(indexed),
    'fitDataset(tf.data.generator)': () =>
      epochOf(trainingBatches(cropDataset(tf.data, crops), count, {batchSize: BATCH, seed: 1})),
  };
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
  // The first round warms up; the order alternates.
  for (let round = -1; round < ROUNDS; ++round) {
    const entries = Object.entries(contenders);
    for (const [name, epoch] of round % 2 === 0 ? entries : entries.reverse()) {
      const start = performance.now();
      await epoch();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  const floor = median(times.get('trainOnBatch') as number[]);
  return [...times].map(([name, all]) => ({name, ms: median(all), ratio: median(all) / floor}));
}

/** Runs `samplingBench` and prints its table. */
export async function printSamplingBench(): Promise<void> {
  const timings = await samplingBench();
  console.log(`\nAn epoch of ${SAMPLES.toLocaleString('en')} crops in batches of ${BATCH}, wasm`);
  for (const {name, ms, ratio} of timings) {
    console.log(`${name.padEnd(31)}${ms.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)}×`);
  }
}

if (require.main === module) void printSamplingBench();
