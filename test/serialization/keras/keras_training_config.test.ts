import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency, EqualizationLoss, GroupAccuracy} from '../../../src';
import {liftKerasTrainingConfig} from '../../../src/serialization/keras/keras_training_config';
import {fromH5, fromKerasFile, keras, warningsOf} from './keras_models';

tf.enableProdMode();

const ADAM = {class_name: 'Adam', config: {learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7}};

// The package lifts the configuration in tfjs's own handlers.
const load = (artifacts: tf.io.ModelArtifacts) => tf.loadLayersModel(tf.io.fromMemory(artifacts));

// tfjs's Adadelta divides by the previous step's accumulator, so only its options can be compared.
const {adadelta, ...comparable} = keras.trained;

test.serial('Adadelta keeps its options from Keras', async (t) => {
  for (const artifacts of [fromH5(adadelta.training_config), fromKerasFile(adadelta.compile_config)]) {
    const model = await load(artifacts);
    t.is(model.optimizer.getClassName(), 'Adadelta');
    t.deepEqual(model.optimizer.getConfig(), {learningRate: 1, rho: 0.9, epsilon: 1e-7});
    t.is(model.loss, 'binaryCrossentropy');
  }
});

for (const [name, {training_config, compile_config, kernel, bias}] of Object.entries(comparable)) {
  test.serial(`trains like Keras: ${name}`, async (t) => {
    for (const artifacts of [fromH5(training_config), fromKerasFile(compile_config)]) {
      let model!: tf.LayersModel;
      await warningsOf(async () => {
        model = await load(artifacts);
      });
      const xs = tf.tensor2d(keras.x);
      const ys = tf.tensor2d(keras.y);
      for (let step = 0; step < keras.steps; step++) await model.trainOnBatch(xs, ys);
      const [trainedKernel, trainedBias] = model.getWeights().map((weight) => weight.dataSync());
      const expected = [...kernel.flat(), ...bias];
      const start = [...keras.start.kernel.flat(), ...keras.start.bias];
      [...trainedKernel, ...trainedBias].forEach((value, i) => {
        const error = Math.abs(value - expected[i]) / Math.abs(expected[i] - start[i]);
        t.true(error < 1e-3, `weight ${i}: ${value}, in Keras ${expected[i]}`);
      });
    }
  });
}

for (const [name, {training_config, compile_config}] of Object.entries(keras.not_in_tfjs)) {
  test.serial(`loads uncompiled, with a warning: ${name}`, async (t) => {
    for (const artifacts of [fromH5(training_config), fromKerasFile(compile_config)]) {
      const warnings = await warningsOf(async () => {
        const model = await load(artifacts);
        t.falsy(model.optimizer);
        t.falsy(model.loss);
        t.deepEqual(Array.from(model.getWeights()[1].dataSync()), [...new Float32Array(keras.start.bias)]);
      });
      t.is(warnings.length, 1);
      t.regex(
        warnings[0],
        /Keras configuration cannot be used here: .+\. It is loaded uncompiled: call model\.compile\(\)/,
      );
    }
  });
}

test.serial('warnings name what tfjs lacks', async (t) => {
  const expected: Record<string, string> = {
    'a learning-rate schedule': "Adam's learningRate = {",
    'an optimizer': 'the optimizer Nadam',
    clipping: "Adam's clipnorm = 1",
    'a loss from logits': "BinaryCrossentropy's from_logits = true",
    'a sum': 'MeanSquaredError\'s reduction = "sum"',
    'another loss': 'the loss Huber',
    'a function': 'the loss own_loss',
    'loss weights': 'loss_weights = [0.5]',
  };
  for (const [name, message] of Object.entries(expected)) {
    const [warning] = await warningsOf(() =>
      liftKerasTrainingConfig(fromH5(keras.not_in_tfjs[name].training_config)),
    );
    t.true(warning.includes(`Keras configuration cannot be used here: ${message}`), warning);
  }
});

// Keras 2's format: the old optimizers' lr and decay, and metrics in a list per output.
test.serial('Keras 2: reads optimizers, losses and metrics', async (t) => {
  const lift = (config: object) =>
    liftKerasTrainingConfig(fromH5(config as Record<string, unknown>)).trainingConfig as unknown;
  t.deepEqual(
    lift({
      optimizer_config: {
        class_name: 'Adam',
        config: {lr: 0.001, beta_1: 0.9, beta_2: 0.999, decay: 0, epsilon: null, amsgrad: false},
      },
      loss: 'categorical_crossentropy',
      metrics: ['accuracy'],
      sample_weight_mode: null,
      loss_weights: null,
    }),
    {
      optimizer_config: {
        class_name: 'Adam',
        config: {learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: null},
      },
      loss: 'categorical_crossentropy',
      metrics: ['accuracy'],
    },
  );
  t.deepEqual(
    lift({
      loss: {
        class_name: 'SparseCategoricalCrossentropy',
        config: {reduction: 'auto', name: 'x', from_logits: false},
      },
      metrics: [
        [
          {class_name: 'MeanMetricWrapper', config: {name: 'accuracy', fn: 'sparse_categorical_accuracy'}},
          {class_name: 'MeanMetricWrapper', config: {name: 'mse', fn: 'mean_squared_error'}},
        ],
      ],
      weighted_metrics: null,
      loss_weights: null,
      optimizer_config: {
        class_name: 'Custom>RMSprop',
        config: {
          name: 'RMSprop',
          weight_decay: null,
          jit_compile: true,
          is_legacy_optimizer: false,
          learning_rate: 0.1,
          rho: 0.8,
        },
      },
    }),
    {
      optimizer_config: {
        class_name: 'RMSProp',
        // Options missing from the file have Keras's defaults.
        config: {learningRate: 0.1, decay: 0.8, momentum: 0, epsilon: 1e-7, centered: false},
      },
      loss: 'sparse_categorical_crossentropy',
      metrics: ['accuracy', 'mse'],
    },
  );
  const [warning] = await warningsOf(() =>
    t.is(
      lift({loss: 'mse', optimizer_config: {class_name: 'SGD', config: {lr: 0.1, decay: 1e-6}}}),
      undefined,
    ),
  );
  t.regex(warning, /SGD's decay = 0\.000001/);
  const [noLoss] = await warningsOf(() => t.is(lift({loss: null, optimizer_config: ADAM}), undefined));
  t.regex(noLoss, /used here: no loss\./);
});

test.serial('compiles every loss and metric that Keras has a name for', async (t) => {
  const losses = `binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy kl_divergence
    kullback_leibler_divergence mean_squared_error mean_absolute_error mean_absolute_percentage_error
    mean_squared_logarithmic_error cosine_similarity hinge squared_hinge categorical_hinge log_cosh logcosh poisson
    mse MSE mae MAE mape MAPE msle MSLE kld KLD bce BCE`;
  for (const loss of losses.split(/\s+/)) {
    // tfjs's compile() throws for a name that it does not know.
    t.truthy((await load(fromH5({loss, metrics: [], optimizer_config: ADAM}))).optimizer, loss);
  }
  const metrics = ['accuracy', 'binary_accuracy', 'categorical_accuracy', 'mean_squared_error', 'MAE'];
  const model = await load(fromH5({loss: 'mse', metrics, optimizer_config: ADAM}));
  t.deepEqual(model.metricsNames, ['loss', 'acc', 'binaryAccuracy', 'categoricalAccuracy', 'mse', 'mae']);
});

test.serial('leaves out metrics that tfjs computes differently, naming them', async (t) => {
  const metrics = [
    {class_name: 'Precision', config: {name: 'precision', thresholds: null}},
    {class_name: 'BinaryAccuracy', config: {threshold: 0.4}},
    {class_name: 'MeanMetricWrapper', config: {fn: 'sparse_categorical_accuracy'}},
    'mae',
  ];
  const warnings = await warningsOf(async () => {
    const model = await load(fromH5({loss: 'mse', metrics, optimizer_config: ADAM}));
    t.deepEqual(model.metricsNames, ['loss', 'mae']);
  });
  t.is(warnings.length, 1);
  t.regex(warnings[0], /Precision, BinaryAccuracy, MeanMetricWrapper/);
});

test.serial('restores a registered loss and metric of a converted model', async (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [150, 5], numImages: 200});
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo});
  const metric = new GroupAccuracy({group: 'rare', freqInfo});
  const configured = (object: EqualizationLoss | GroupAccuracy) =>
    JSON.parse(JSON.stringify(object.getConfig()));
  const named = (name: (cls: string) => object) => ({
    loss: {...name('EqualizationLoss'), config: configured(loss)},
    metrics: [{...name('GroupAccuracy'), config: configured(metric)}],
    optimizer_config: ADAM,
  });
  // How HDF5 files and `.keras` files name the package.
  const forms = [
    (cls: string) => ({class_name: `longtail>${cls}`}),
    (cls: string) => ({class_name: cls, registered_name: `longtail>${cls}`}),
  ];
  for (const form of forms) {
    const model = await load(fromH5(named(form)));
    t.true((model.loss as unknown) instanceof EqualizationLoss);
    t.is((model.loss as unknown as EqualizationLoss).lambda, 0.05);
    t.deepEqual(model.metricsNames, ['loss', 'rare_accuracy']);
  }
  // Without the package, which the converter of `.keras` files discards, it may be any user's class.
  const [bare] = await warningsOf(async () => {
    t.falsy((await load(fromH5(named((cls) => ({class_name: cls}))))).optimizer);
  });
  t.regex(
    bare,
    /the loss EqualizationLoss \(a class of the same name, longtail>EqualizationLoss, is registered here/,
  );
  const unknown = {class_name: 'elsewhere>Loss', config: {}};
  const [warning] = await warningsOf(async () => {
    t.falsy((await load(fromH5({loss: unknown, optimizer_config: ADAM}))).optimizer);
  });
  t.regex(warning, /the loss elsewhere>Loss/);
});

test.serial('several outputs: reads arrays, dictionaries and lists of metrics', async (t) => {
  const input = tf.input({shape: [3]});
  const heads = ['a', 'b'].map((name) => tf.layers.dense({units: 2, name}).apply(input) as tf.SymbolicTensor);
  const modelConfig = tf.model({inputs: input, outputs: heads}).toJSON(null, false) as object;
  const compiled = async (config: object) => {
    const modelTopology = {...modelConfig, training_config: {optimizer_config: ADAM, ...config}};
    return load({modelTopology: {model_config: modelConfig, ...modelTopology}});
  };
  const names = ['loss', 'a_loss', 'b_loss', 'a_mse', 'b_mae', 'b_acc'];
  const perOutput = {loss: ['mse', 'mae'], metrics: [['mse'], ['mae', 'accuracy']]};
  t.deepEqual((await compiled(perOutput)).metricsNames, names);
  const byName = {loss: {a: 'mse', b: 'mae'}, metrics: {a: 'mse', b: ['mae', 'accuracy']}};
  t.deepEqual((await compiled(byName)).metricsNames, names);
  const flat = await compiled({loss: 'mse', metrics: ['mae']});
  t.deepEqual(flat.metricsNames, ['loss', 'a_loss', 'b_loss', 'a_mae', 'b_mae']);
  for (const loss of [['mse'], {a: 'mse'}, {a: 'mse', c: 'mse'}, ['mse', null]]) {
    const warnings = await warningsOf(async () => t.falsy((await compiled({loss})).optimizer));
    t.is(warnings.length, 1, JSON.stringify(loss));
  }
});

test.serial('unexpected content does not keep a model from loading', async (t) => {
  for (const config of ['adam', {optimizer_config: {}, loss: 'mse'}, {}, 3]) {
    const warnings = await warningsOf(async () => {
      t.falsy((await load(fromH5(config as Record<string, unknown>))).optimizer);
    });
    t.is(warnings.length, 1, JSON.stringify(config));
  }
});

test.serial('returns artifacts unchanged if there is nothing to lift, or they have a trainingConfig', (t) => {
  const none = fromH5();
  t.is(liftKerasTrainingConfig(none), none);
  const graph = {modelTopology: new ArrayBuffer(8)};
  t.is(liftKerasTrainingConfig(graph), graph);
  const weightsOnly = {weightSpecs: [], weightData: new ArrayBuffer(0)};
  t.is(liftKerasTrainingConfig(weightsOnly), weightsOnly);
  const trainingConfig = {loss: 'mse'} as unknown as tf.io.TrainingConfig;
  const both = {...fromH5({loss: 'mae', optimizer_config: ADAM}), trainingConfig};
  t.is(liftKerasTrainingConfig(both), both);
  const converted = fromH5({loss: 'mae', optimizer_config: ADAM});
  liftKerasTrainingConfig(converted);
  t.false('trainingConfig' in converted);
});
