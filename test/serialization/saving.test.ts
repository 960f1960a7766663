import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {BalancedAccuracy, EqualizationLoss, fileSystem, GroupAccuracy} from '../../src/index.node';
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
import {run} from '../io/files/start_saver';
import {temporaryDirectory} from '../io/files/temporary';

test.before(() => useBackend('cpu'));

const eql = () => new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.7, seed: 3});
const rare = () => new GroupAccuracy({group: 'rare', freqInfo});

async function trained(optimizer: string | tf.Optimizer = 'adam'): Promise<tf.Sequential> {
  const model = smallModel();
  model.compile({optimizer, loss: eql(), metrics: ['accuracy', rare()]});
  const {xs, ys} = smallData();
  await model.fit(xs, ys, {epochs: 1, verbose: 0, shuffle: false});
  return model;
}

/** Checks that the model trains on like `saved`, bit for bit. */
async function goesOn(t: ExecutionContext, again: tf.LayersModel, saved: tf.LayersModel) {
  t.true((again.loss as unknown) instanceof EqualizationLoss);
  t.deepEqual(again.metricsNames, saved.metricsNames);
  const {xs, ys} = smallData();
  t.deepEqual(await again.trainOnBatch(xs, ys), await saved.trainOnBatch(xs, ys));
  t.deepEqual(weightsOf(again), weightsOf(saved));
}

interface Found {
  error?: string;
  said: string[];
  compiled: boolean;
  loss: unknown;
  predictions: number[][];
}

test.serial('plain TensorFlow.js silently loads every model for prediction', async (t) => {
  const models: Record<string, {model: tf.LayersModel; compile: object; compiled?: boolean}> = {
    'a loss and metrics': {model: smallModel(), compile: {loss: eql(), metrics: ['accuracy', rare()]}},
    'only a metric': {
      model: smallModel(),
      compile: {loss: 'meanSquaredError', metrics: [new BalancedAccuracy()]},
    },
    "a metric of tfjs's that its compile() does not know by name": {
      model: smallModel(),
      compile: {loss: 'meanSquaredError', metrics: ['mse', tf.metrics.recall]},
    },
    'a function': {model: smallModel(), compile: {loss: tf.losses.softmaxCrossEntropy}},
    'by output, arrays': {model: twoHeads(), compile: {loss: [eql(), 'hinge'], metrics: {a: [rare()]}}},
    'by output, dictionaries': {
      model: twoHeads(),
      compile: {loss: {a: eql(), b: 'hinge'}, metrics: {b: 'mse'}},
    },
    names: {
      model: smallModel(),
      compile: {loss: 'meanSquaredError', metrics: ['mse', 'accuracy']},
      compiled: true,
    },
  };
  const paths: string[] = [];
  for (const {model, compile} of Object.values(models)) {
    for (const optimizer of ['adam', 'sgd', tf.train.momentum(0.1, 0.9)]) {
      model.compile({optimizer, ...compile} as tf.ModelCompileArgs);
      const y = () => tf.oneHot(smallData(12).ys, 5).toFloat();
      await model.trainOnBatch(smallData(12).xs, model.outputs.length > 1 ? [y(), y()] : y());
      if (optimizer === 'adam') model.setUserDefinedMetadata({theirs: 1});
      const directory = temporaryDirectory(t);
      await model.save(fileSystem(directory), {includeOptimizer: true});
      paths.push(join(directory, 'model.json'));
    }
  }
  const script = join(__dirname, '../helpers/load_plainly.js');
  const {code, output, errors} = await run(process.execPath, [script, ...paths]);
  t.is(code, 0, errors);
  const found: Found[] = JSON.parse(output.slice(output.indexOf('[{')));
  t.is(found.length, paths.length);
  const expected = Object.entries(models).flatMap((entry) => [entry, entry, entry]);
  for (const [i, [name, {compiled = false}]] of expected.entries()) {
    const {error, said, predictions, ...state} = found[i];
    t.is(error, undefined, name);
    t.deepEqual(said, [], name);
    t.is(state.compiled, compiled, name);
    const model = await tf.loadLayersModel(fileSystem(paths[i]));
    const inputs = tf.randomNormal([6, 4], 0, 1, 'float32', 3);
    const ours = [model.predict(inputs)].flat().map((x) => Array.from(x.dataSync()));
    t.deepEqual(predictions, ours, name);
    t.truthy(model.optimizer, name);
  }
});

test.serial("restores only the user's metadata, or none if there are none", async (t) => {
  const model = await trained();
  t.is((await reload(model)).getUserDefinedMetadata() as unknown, undefined);
  const metadata = {note: {a: [1, 'b']}};
  model.setUserDefinedMetadata(metadata);
  const artifacts = await savedArtifacts(model);
  t.deepEqual(Object.keys(artifacts.userDefinedMetadata ?? {}), ['note', 'tfjs-longtail']);
  t.deepEqual(model.getUserDefinedMetadata(), metadata, 'saving does not modify it');
  const again = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  t.deepEqual(again.getUserDefinedMetadata(), metadata);
  t.deepEqual((await savedArtifacts(again)).userDefinedMetadata, artifacts.userDefinedMetadata);
  t.true('tfjs-longtail' in (artifacts.userDefinedMetadata ?? {}), 'loading does not modify the artifacts');
  await goesOn(t, again, model);
});

test.serial('saves a single metric as a list of one, as Keras reads it', async (t) => {
  for (const [metrics, saved] of [
    ['accuracy', ['accuracy']],
    [tf.metrics.binaryAccuracy, ['binary_accuracy']],
  ] as const) {
    const model = smallModel();
    model.compile({optimizer: 'sgd', loss: eql(), metrics: metrics as never});
    t.deepEqual(trainingConfigOf(await savedArtifacts(model)).metrics, saved);
  }
});

test.serial('writes nothing of ours without includeOptimizer', async (t) => {
  const again = await reload(await trained());
  again.setUserDefinedMetadata({note: 1});
  let artifacts: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (saved) => {
    artifacts = saved;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  });
  for (const config of [undefined, {includeOptimizer: false}]) {
    await again.save(handler, config);
    t.deepEqual(artifacts?.userDefinedMetadata, {note: 1});
    t.is(artifacts?.trainingConfig, undefined);
    t.true(artifacts?.weightSpecs?.every(({group}) => group === undefined));
  }
});

test.serial(
  'prefers a configuration that plain tfjs wrote later to the older one in the metadata',
  async (t) => {
    const artifacts = await savedArtifacts(await trained('sgd'));
    const trainingConfig = {
      loss: 'mean_squared_error',
      metrics: ['mse'],
      optimizer_config: {class_name: 'SGD', config: {learningRate: 0.5}},
    } as unknown as tf.io.TrainingConfig;
    const model = await tf.loadLayersModel(tf.io.fromMemory({...artifacts, trainingConfig}));
    t.is(model.loss, 'meanSquaredError');
    t.is(model.getUserDefinedMetadata() as unknown, undefined);
  },
);

test.serial('refuses a file of a newer format, naming its number', async (t) => {
  const artifacts = await savedArtifacts(await trained());
  for (const version of [2, 1.5, '1', null]) {
    const newer = {...trainingConfigOf(artifacts), format_version: version};
    const file = {...artifacts, userDefinedMetadata: {'tfjs-longtail': newer}};
    await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(file)), {
      name: 'ValueError',
      message: new RegExp(`has format ${version}; this version of tfjs-longtail reads formats up to 1`),
    });
  }
});

test.serial(
  "keeps the user's own metadata under our key, and refuses to save objects over them",
  async (t) => {
    const metadata = {'tfjs-longtail': 'a note'};
    const model = await trained();
    model.setUserDefinedMetadata(metadata);
    t.deepEqual(model.getUserDefinedMetadata(), metadata);
    await t.throwsAsync(savedArtifacts(model), {
      name: 'ValueError',
      message: /Expected `userDefinedMetadata`/,
    });
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    t.deepEqual((await reload(model)).getUserDefinedMetadata(), metadata);
  },
);

test.serial("works with tfjs's own handlers: local storage, memory, callbacks", async (t) => {
  const stored = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  const scope = globalThis as {window?: unknown; localStorage?: unknown};
  const before = {window: scope.window};
  Object.assign(scope, {window: {localStorage}});
  const isBrowser = tf.env().getBool('IS_BROWSER');
  tf.env().set('IS_BROWSER', true);
  t.teardown(() => {
    tf.env().set('IS_BROWSER', isBrowser);
    Object.assign(scope, before);
  });
  const model = await trained();
  model.setUserDefinedMetadata({note: 1});
  await model.save('localstorage://ours', {includeOptimizer: true});
  const again = await tf.loadLayersModel('localstorage://ours');
  t.deepEqual(again.getUserDefinedMetadata(), {note: 1});
  await goesOn(t, again, model);

  let kept: tf.io.ModelArtifacts | undefined;
  const saver = tf.io.withSaveHandlerSync((artifacts) => {
    kept = artifacts;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON' as const}};
  });
  await model.save(saver as unknown as tf.io.IOHandler, {includeOptimizer: true});
  const artifacts = kept as unknown as tf.io.ModelArtifacts;
  const fromMemory = tf.io.fromMemorySync(artifacts) as unknown as tf.io.IOHandler;
  await goesOn(t, await tf.loadLayersModel(fromMemory), model);
});

test.serial("save returns the handler's answer; errors of targets are tfjs's", async (t) => {
  const model = await trained();
  const answer = {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON' as const}};
  t.is(
    await model.save(
      tf.io.withSaveHandler(async () => answer),
      {includeOptimizer: true},
    ),
    answer,
  );
  await t.throwsAsync(model.save('nowhere://x', {includeOptimizer: true}), {
    message: /Cannot find any save handlers/,
  });
  await t.throwsAsync(model.save({}, {includeOptimizer: true}), {
    message: /does not have the `save` attribute/,
  });
  await t.throwsAsync(
    model.save(
      tf.io.withSaveHandler(() => Promise.reject(new Error('full'))),
      {includeOptimizer: true},
    ),
    {
      message: 'full',
    },
  );
});
