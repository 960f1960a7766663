import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import ts from 'typescript';
import {recommend} from '../../src';
import {Random} from '../../src/core/random';
import {ClassFrequency} from '../../src/frequency';
import {useBackend} from '../helpers/backends';
import {temporaryDirectory} from '../io/files/temporary';
import {examplesOfMarkdown} from './collect';
import {ENTRY_POINTS} from './entry_points';

const CLASSES = 10;
const SIDE = 12;
/** From 400 images of a class down to 4. */
const COUNTS = Array.from({length: CLASSES}, (_, j) => Math.round(400 * 0.01 ** (j / (CLASSES - 1))));
const PER_CLASS = 40;
const NOISE = 0.3;

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const [{code}] = examplesOfMarkdown('README.md', readme);

/** Images of a class: its pattern, and noise. */
function imagesOf(counts: readonly number[], random: Random) {
  const patterns = new Random(5);
  const means = counts.map(() => Float32Array.from({length: SIDE ** 2}, () => patterns.next()));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const labels = random.shuffle(counts.flatMap((count, j) => Array<number>(count).fill(j)));
  return labels.map((ys) => ({
    xs: Array.from(means[ys], (mean) => mean + NOISE * normal()),
    ys,
  }));
}

/** What a stranger gets out of a snippet: the share of balanced test images that are read right, in percent. */
async function run(snippet: string, seed: number, directory: string): Promise<number> {
  const random = new Random(seed);
  const elements = imagesOf(COUNTS, random).map(({xs, ys}) => ({xs: tf.tensor(xs, [SIDE, SIDE, 1]), ys}));
  const kernelInitializer = tf.initializers.glorotUniform({seed});
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({inputShape: [SIDE, SIDE, 1]}),
      tf.layers.dense({units: 64, activation: 'relu', kernelInitializer}),
      tf.layers.dense({units: CLASSES, kernelInitializer}),
    ],
  });
  const adapted = snippet
    .replace('numClasses: 100', `numClasses: ${CLASSES}`)
    .replaceAll('models/mine', directory);
  const {outputText} = ts.transpileModule(`${adapted}\nexport {};`, {
    compilerOptions: {module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true},
  });
  const body = `return (async () => {${outputText}\n})();`;
  const load = (name: string) => require(ENTRY_POINTS.get(name) ?? name);
  await new Function('exports', 'require', 'trainImages', 'model', body)(
    {},
    load,
    tf.data.array(elements),
    model,
  );
  const test = imagesOf(new Array(CLASSES).fill(PER_CLASS), random);
  return tf.tidy(() => {
    const xs = tf.tensor(
      test.flatMap(({xs}) => xs),
      [test.length, SIDE, SIDE, 1],
    );
    const predicted = tf.argMax(model.predict(xs) as tf.Tensor, 1).dataSync();
    return (100 * test.filter(({ys}, i) => predicted[i] === ys).length) / test.length;
  });
}

test('the first snippet of the README, run as it is, reads rare classes as well', async (t) => {
  await useBackend('wasm');
  const directory = temporaryDirectory(t);
  const freqInfo = new ClassFrequency({
    imageCounts: COUNTS,
    numImages: COUNTS.reduce((sum, count) => sum + count),
  });
  const {loss} = recommend(freqInfo);
  t.true(code.includes(`new ${loss.getClassName()}({freqInfo})`), 'what recommend would take');
  const plain = code
    .replaceAll('LogitAdjustedLoss({freqInfo})', 'SoftmaxCrossEntropy()')
    .replaceAll('LogitAdjustedLoss', 'SoftmaxCrossEntropy');
  const accuracies: Record<string, number>[] = [];
  for (const seed of [1, 2, 3]) {
    accuracies.push({
      recommended: await run(code, seed, join(directory, `${seed}`)),
      plain: await run(plain, seed, join(directory, `${seed}-plain`)),
    });
  }
  t.log(accuracies);
  const mean = (name: string) => accuracies.reduce((sum, each) => sum + each[name], 0) / accuracies.length;
  for (const each of accuracies) t.true(each.recommended > each.plain + 5);
  t.true(mean('recommended') > mean('plain') + 15 && mean('recommended') > 85);
});
