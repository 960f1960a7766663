import * as tf from '@tensorflow/tfjs';
import {classFrequency} from '../../src/frequency';
import {median} from './loss/median';

const NUM_ELEMENTS = 100_000;
const NUM_CLASSES = 100;
const ROUNDS = 7;

/** Medians over interleaved rounds of one pass over the elements, in milliseconds. */
export interface CountingTiming {
  labels: string;
  countingMs: number;
  bareMs: number;
  /** counting / bare; what users pay is below 1 where counting is cheaper than `forEachAsync(() => {})`. */
  ratio: number;
}

const classOf = (i: number) => (i * 7919) % NUM_CLASSES;

/** A stream of `{xs, ys}`; xs is a number, so that there is next to nothing but iteration to be timed. */
function elements(ys: (i: number) => tf.TensorContainer): tf.data.Dataset<tf.TensorContainer> {
  return tf.data.generator(function* () {
    for (let i = 0; i < NUM_ELEMENTS; ++i) yield {xs: i, ys: ys(i)};
  } as never);
}

const hotRows = Array.from({length: NUM_CLASSES}, (_, c) =>
  Array.from({length: NUM_CLASSES}, (_, j) => (j === c ? 1 : 0)),
);
const hotBytes = hotRows.map((row) => Float32Array.from(row));

const datasets: Record<string, () => tf.data.Dataset<tf.TensorContainer>> = {
  integers: () => elements(classOf),
  'one-hot number[]': () => elements((i) => hotRows[classOf(i)]),
  'one-hot Float32Array': () => elements((i) => hotBytes[classOf(i)]),
  'one-hot tensors': () => elements((i) => tf.tensor1d(hotBytes[classOf(i)])),
  'integers, batch(64)': () => elements(classOf).batch(64),
  'one-hot number[], batch(64)': () => elements((i) => hotRows[classOf(i)]).batch(64),
};

async function time(pass: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await pass();
  return performance.now() - start;
}

/** `classFrequency` against a bare `dataset.forEachAsync(() => {})` over the same 100,000 elements. */
export async function countingBench(rounds = ROUNDS): Promise<CountingTiming[]> {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const timings: CountingTiming[] = [];
  for (const [labels, dataset] of Object.entries(datasets)) {
    const counting: number[] = [];
    const bare: number[] = [];
    // The first round warms up and is dropped; the order alternates so that neither side profits from it.
    for (let round = -1; round < rounds; ++round) {
      const passes = [
        async () => counting.push(await time(() => classFrequency(dataset(), {numClasses: NUM_CLASSES}))),
        async () => bare.push(await time(() => dataset().forEachAsync(() => {}))),
      ];
      for (const pass of round % 2 === 0 ? passes : passes.reverse()) await pass();
      if (round < 0) {
        counting.length = 0;
        bare.length = 0;
      }
    }
    const countingMs = median(counting);
    const bareMs = median(bare);
    timings.push({labels, countingMs, bareMs, ratio: countingMs / bareMs});
  }
  return timings;
}

/** Runs `countingBench` and prints its table. */
export async function printCountingBench(): Promise<void> {
  const timings = await countingBench();
  console.log(`One pass over ${NUM_ELEMENTS.toLocaleString('en')} elements, medians of ${ROUNDS} rounds`);
  console.log(`${'labels'.padEnd(29)}${'classFrequency'.padStart(15)}${'forEachAsync'.padStart(15)}  ratio`);
  for (const {labels, countingMs, bareMs, ratio} of timings) {
    const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(15);
    console.log(`${labels.padEnd(29)}${ms(countingMs)}${ms(bareMs)}  ${ratio.toFixed(2)}×`);
  }
}

if (require.main === module) void printCountingBench();
