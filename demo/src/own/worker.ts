import * as tf from '@tensorflow/tfjs';
import {ClassFrequency, LogitAdjustedLoss} from 'tfjs-longtail';
import {classificationReport} from 'tfjs-longtail/report';
import {startBackend} from '../worker/backend';
import type {OwnImage, OwnReply, OwnRequest} from './protocol';

const SIDE = 32;
/** Every fourth image of a class is for testing. */
const TEST = 4;

const reply = (message: OwnReply) => self.postMessage(message);

self.onmessage = ({data}: MessageEvent<OwnRequest>) => {
  train(data).catch((error: Error) => reply({kind: 'failed', message: error.message}));
};

async function train({images, epochs}: OwnRequest): Promise<void> {
  const classNames = [...new Set(images.map(({className}) => className))].sort();
  if (classNames.length < 2)
    throw new Error('Choose a folder that contains one folder of images for each of at least two classes.');
  await startBackend('wasm');
  const {training, test, unreadable} = await split(images, classNames);
  const imageCounts = classNames.map((_, j) => training.labels.filter((label) => label === j).length);
  const freqInfo = new ClassFrequency({imageCounts, numImages: training.labels.length, classNames});
  const model = network(classNames.length);
  model.compile({
    optimizer: tf.train.adam(0.002),
    loss: new LogitAdjustedLoss({freqInfo}),
    metrics: ['accuracy'],
  });
  const [xs, testXs] = [training, test].map(({pixels}) =>
    tf.tensor4d(pixels, [pixels.length / (3 * SIDE * SIDE), SIDE, SIDE, 3]),
  );
  const [ys, testYs] = [training, test].map(({labels}) => tf.tensor1d(labels, 'int32'));
  const {history} = await model.fit(xs, ys, {
    epochs,
    batchSize: 16,
    validationData: [testXs, testYs],
    callbacks: {onEpochEnd: (epoch) => reply({kind: 'said', text: `Epoch ${epoch + 1} of ${epochs} …`})},
  });
  const report = await classificationReport(
    {'your model': model},
    {xs: testXs, ys: testYs},
    {classNames, freqInfo},
  );
  const artifacts = await artifactsOf(model);
  reply({
    kind: 'trained',
    history: history as Record<string, number[]>,
    report: report.toJSON(),
    frequencies: {imageCounts, numImages: training.labels.length, classNames},
    unreadable,
    model: artifacts,
  });
  model.dispose();
  tf.dispose([xs, ys, testXs, testYs]);
}

interface Part {
  pixels: Float32Array;
  labels: number[];
}

async function split(
  images: OwnImage[],
  classNames: string[],
): Promise<{training: Part; test: Part; unreadable: number}> {
  const parts = [[], []] as {pixels: Float32Array; label: number}[][];
  const seen = classNames.map(() => 0);
  let unreadable = 0;
  for (const [i, {file, className}] of images.entries()) {
    const label = classNames.indexOf(className);
    const pixels = await pixelsOf(file).catch(() => undefined);
    if (pixels === undefined) ++unreadable;
    else parts[++seen[label] % TEST === 0 ? 1 : 0].push({pixels, label});
    if (i % 50 === 0) reply({kind: 'said', text: `Reading image ${i + 1} of ${images.length} …`});
  }
  const [training, test] = parts.map((part): Part => {
    const pixels = new Float32Array(part.length * 3 * SIDE * SIDE);
    part.forEach((image, i) => void pixels.set(image.pixels, i * image.pixels.length));
    return {pixels, labels: part.map(({label}) => label)};
  });
  if (test.labels.length === 0)
    throw new Error(`At least one class needs ${TEST} images: every fourth is for testing.`);
  return {training, test, unreadable};
}

/** Red, green and blue in 0 … 1, `[side, side, 3]`. */
async function pixelsOf(file: Blob): Promise<Float32Array> {
  const bitmap = await createImageBitmap(file, {
    resizeWidth: SIDE,
    resizeHeight: SIDE,
    resizeQuality: 'medium',
  });
  const pen = new OffscreenCanvas(SIDE, SIDE).getContext('2d') as OffscreenCanvasRenderingContext2D;
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  const {data} = pen.getImageData(0, 0, SIDE, SIDE);
  return Float32Array.from({length: 3 * SIDE * SIDE}, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)] / 255);
}

function network(classes: number): tf.Sequential {
  const model = tf.sequential({name: 'own_images'});
  const {layers} = tf;
  model.add(
    layers.conv2d({
      inputShape: [SIDE, SIDE, 3],
      filters: 16,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
    }),
  );
  model.add(layers.maxPooling2d({poolSize: 2}));
  model.add(layers.conv2d({filters: 32, kernelSize: 3, padding: 'same', activation: 'relu'}));
  model.add(layers.maxPooling2d({poolSize: 4}));
  model.add(layers.flatten());
  model.add(layers.dense({units: 64, activation: 'relu'}));
  model.add(layers.dense({units: classes}));
  return model;
}

async function artifactsOf(model: tf.LayersModel): Promise<{json: string; weights: ArrayBuffer}> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  const keep = tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
  });
  await model.save(keep, {includeOptimizer: true});
  const {weightData, weightSpecs, ...rest} = artifacts as tf.io.ModelArtifacts;
  const json = JSON.stringify({...rest, weightsManifest: [{paths: ['weights.bin'], weights: weightSpecs}]});
  return {json, weights: tf.io.CompositeArrayBuffer.join(weightData)};
}
