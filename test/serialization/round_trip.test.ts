import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  BalancedAccuracy,
  ClassFrequencyCounter,
  EqualizationLoss,
  GroupAccuracy,
  SoftmaxEqualizationLoss,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {
  freqInfo,
  reload,
  savedArtifacts,
  smallData,
  smallModel,
  trainingConfigOf,
  twoHeads,
  weightsOf,
} from '../helpers/models';

test.before(() => useBackend('cpu'));

const eql = () => new EqualizationLoss({lambda: 0.05, freqInfo});
const rare = () => new GroupAccuracy({group: 'rare', freqInfo});

test.serial('restores loss, λ, frequencies and metrics', async (t) => {
  const model = smallModel();
  model.compile({optimizer: 'adam', loss: eql(), metrics: ['accuracy', rare(), new BalancedAccuracy()]});
  t.deepEqual(trainingConfigOf(await savedArtifacts(model)).loss, {
    class_name: 'longtail>EqualizationLoss',
    config: eqlConfig(model.loss as unknown as EqualizationLoss),
    state: {step: 0},
  });
  const again = await reload(model);
  const loss = again.loss as unknown as EqualizationLoss;
  t.true(loss instanceof EqualizationLoss);
  t.is(loss.lambda, 0.05);
  t.deepEqual(loss.freqInfo, freqInfo);
  t.deepEqual(again.metricsNames, model.metricsNames);
  t.deepEqual(again.metricsNames, ['loss', 'acc', 'rare_accuracy', 'balanced_accuracy']);
  const {xs, ys} = smallData();
  const values = (m: tf.LayersModel) =>
    (m.evaluate(xs, ys) as tf.Scalar[]).map((value) => value.dataSync()[0]);
  t.deepEqual(values(again), values(model));
});

function eqlConfig({seed}: EqualizationLoss) {
  // Marked with an id, as the metric shares it.
  const counts = {class_name: 'ClassFrequency', config: freqInfo.toJSON(), longtail_id: 1};
  return {lambda: 0.05, freq_info: counts, threshold: 'step', gamma: 1, seed, from_logits: true};
}

test.serial('a second save gives the same JSON', async (t) => {
  const model = smallModel();
  model.compile({
    optimizer: tf.train.rmsprop(0.01),
    loss: eql(),
    metrics: [rare(), tf.metrics.recall, 'mse'],
  });
  const {xs, ys} = smallData();
  await model.fit(xs, ys, {epochs: 1, verbose: 0}).catch((error) => t.fail(String(error)));
  const first = await savedArtifacts(model);
  const second = await savedArtifacts(await tf.loadLayersModel(tf.io.fromMemory(first)));
  t.deepEqual(second.userDefinedMetadata, first.userDefinedMetadata);
  t.deepEqual(second.weightSpecs, first.weightSpecs);
  t.deepEqual(second.weightData, first.weightData);
});

test.serial('restores losses and metrics by output: arrays, dictionaries, different ones', async (t) => {
  const softmax = () => new SoftmaxEqualizationLoss({lambda: 0.05, freqInfo, seed: 7});
  const variants = [
    {loss: [eql(), softmax()], metrics: [rare()]},
    {loss: [eql(), 'meanSquaredError'], metrics: {a: [rare(), 'accuracy'], b: 'mse'}},
    {loss: {a: 'categoricalCrossentropy', b: eql()}, metrics: {b: rare()}},
    {loss: eql(), metrics: new BalancedAccuracy()},
    {loss: ['meanSquaredError', 'hinge'], metrics: undefined},
  ];
  for (const {loss, metrics} of variants) {
    const model = twoHeads();
    model.compile({optimizer: 'sgd', loss: loss as never, metrics: metrics as never});
    const again = await reload(model);
    t.deepEqual(again.metricsNames, model.metricsNames);
    const {xs} = smallData(12);
    const labels = () => [0, 1].map(() => tf.oneHot(smallData(12).ys, 5).toFloat());
    const before = await model.trainOnBatch(xs, labels());
    const after = await again.trainOnBatch(xs, labels());
    t.deepEqual(after, before);
    t.deepEqual(weightsOf(again), weightsOf(model));
  }
});

test.serial('writes models without objects of this package like tfjs', async (t) => {
  const model = twoHeads();
  model.compile({
    optimizer: 'sgd',
    loss: {a: 'meanSquaredError', b: 'categoricalCrossentropy'},
    metrics: ['accuracy', tf.metrics.categoricalAccuracy],
  });
  t.deepEqual((await savedArtifacts(model)).trainingConfig as unknown, {
    loss: {a: 'mean_squared_error', b: 'categorical_crossentropy'},
    metrics: ['accuracy', 'categorical_accuracy'],
    optimizer_config: {class_name: 'SGD', config: {learningRate: 0.01}},
  });
  t.deepEqual((await reload(model)).metricsNames, model.metricsNames);
});

test.serial("restores tfjs's own functions, including metrics that tfjs cannot reload", async (t) => {
  const model = smallModel();
  const metrics = [tf.metrics.recall, tf.metrics.r2Score, tf.metrics.cosineProximity, tf.metrics.MAPE];
  model.compile({optimizer: 'sgd', loss: tf.losses.softmaxCrossEntropy as never, metrics});
  const again = await reload(model);
  t.is(again.loss as unknown, tf.losses.softmaxCrossEntropy);
  const {xs, ys} = smallData(12);
  const y = tf.oneHot(ys, 5).toFloat();
  t.deepEqual(await again.trainOnBatch(xs, y), await model.trainOnBatch(xs, y));
});

test.serial('names a function that cannot be saved, and writes nothing', async (t) => {
  let written = 0;
  const handler = tf.io.withSaveHandler(async () => {
    ++written;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  });
  const myLoss = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
    tf.losses.meanSquaredError(yTrue, yPred) as tf.Tensor;
  const myMetric = (yTrue: tf.Tensor, yPred: tf.Tensor) => myLoss(yTrue, yPred);
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: myLoss});
  await t.throwsAsync(model.save(handler, {includeOptimizer: true}), {
    name: 'ValueError',
    message: /The loss function myLoss cannot be saved/,
  });
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [myMetric]});
  await t.throwsAsync(model.save(handler, {includeOptimizer: true}), {
    message: /The metric function myMetric/,
  });
  t.is(written, 0);
  await t.notThrowsAsync(model.save(handler));
  t.is(written, 1);
});

test.serial('Adamax, whose state tfjs cannot read, gives a clear error', async (t) => {
  const model = smallModel();
  model.compile({optimizer: 'adamax', loss: eql()});
  await t.throwsAsync(savedArtifacts(model), {message: /Adamax/, name: 'ValueError'});
});

test.serial('names a class that is not registered where the model is loaded', async (t) => {
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: eql()});
  const artifacts = await savedArtifacts(model);
  const config = {...trainingConfigOf(artifacts), loss: {class_name: 'shop>TheirLoss', config: {}}};
  const other = {...artifacts, userDefinedMetadata: {'tfjs-longtail': config}};
  await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(other)), {
    message: /'shop>TheirLoss'/,
    name: 'ValueError',
  });
});

test.serial('restores a live counter as a counter', async (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 5});
  for (const label of [0, 0, 0, 1, 4]) counter.add(label);
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0.3, freqInfo: counter})});
  const loss = (await reload(model)).loss as unknown as EqualizationLoss;
  t.true(loss.freqInfo instanceof ClassFrequencyCounter);
  t.deepEqual((loss.freqInfo as ClassFrequencyCounter).toJSON(), counter.toJSON());
});

test.serial('saves over HTTP by upload, and loads by URL', async (t) => {
  const files = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', async () => {
        const form = await new Response(Buffer.concat(chunks), {
          headers: {'content-type': request.headers['content-type'] ?? ''},
        }).formData();
        for (const [name, file] of form) {
          files.set(`/${name}`, new Uint8Array(await (file as unknown as Blob).arrayBuffer()));
        }
        files.set('/model.weights.bin', files.get('/model.weights.bin') as Uint8Array);
        response.end();
      });
    } else {
      const file = files.get(request.url ?? '');
      response.writeHead(file ? 200 : 404, {'content-type': 'application/octet-stream'}).end(file);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const model = smallModel();
    model.compile({optimizer: 'adam', loss: eql(), metrics: [rare()]});
    const {xs, ys} = smallData();
    await model.fit(xs, ys, {epochs: 1, verbose: 0});
    await model.save(`${url}/upload`, {includeOptimizer: true});
    const again = await tf.loadLayersModel(`${url}/model.json`);
    t.true((again.loss as unknown) instanceof EqualizationLoss);
    t.deepEqual(await again.trainOnBatch(xs, ys), await model.trainOnBatch(xs, ys));
    t.deepEqual(weightsOf(again), weightsOf(model));
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
