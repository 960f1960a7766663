import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {type TrainingCase, train, trainsAlike} from '../../helpers/training';

const {layers} = tf;
type Layers = () => tf.layers.Layer[];

const glorot = (seed: number) => tf.initializers.glorotUniform({seed});
const kernel = (seed: number) => ({kernelInitializer: glorot(seed)});
const recurrent = (seed: number) => ({...kernel(seed), recurrentInitializer: glorot(seed + 50)});
const depthwise = (seed: number) => ({
  depthwiseInitializer: glorot(seed),
  pointwiseInitializer: glorot(seed + 50),
});
const uniform = (seed: number) => tf.initializers.randomUniform({minval: -1, maxval: 1, seed});

// In front of a layer is one with weights, so that also the gradient of the layer's input is needed.
const LINE = [9, 3];
const IMAGE = [9, 8, 3];
const VOLUME = [5, 6, 7, 3];
const onFeatures = (layer: () => tf.layers.Layer): [number[], Layers] => [
  [5],
  () => [layers.dense({units: 6, ...kernel(1)}), layer()],
];
const onLine = (layer: () => tf.layers.Layer): [number[], Layers] => [
  LINE,
  () => [layers.conv1d({filters: 4, kernelSize: 1, ...kernel(1)}), layer()],
];
const onImage = (layer: () => tf.layers.Layer): [number[], Layers] => [
  IMAGE,
  () => [layers.conv2d({filters: 4, kernelSize: 1, ...kernel(1)}), layer()],
];
const onVolume = (layer: () => tf.layers.Layer): [number[], Layers] => [
  VOLUME,
  () => [layers.conv3d({filters: 4, kernelSize: 1, ...kernel(1)}), layer()],
];

const CASES: Record<string, [number[], Layers]> = {
  'batch normalization of features': onFeatures(() => layers.batchNormalization()),
  'batch normalization of images': onImage(() => layers.batchNormalization()),
  'layer normalization': onFeatures(() => layers.layerNormalization()),
  'layer normalization over an image': onImage(() => layers.layerNormalization({axis: [1, 2, 3]})),
  dropout: onFeatures(() => layers.dropout({rate: 0.4, seed: 3})),
  'spatial dropout': onLine(() => layers.spatialDropout1d({rate: 0.4, seed: 3})),
  'ELU layer': onFeatures(() => layers.elu()),
  'leaky ReLU layer': onFeatures(() => layers.leakyReLU({alpha: 0.1})),
  'ReLU layer with a maximum': onFeatures(() => layers.reLU({maxValue: 0.5})),
  'softmax layer': onFeatures(() => layers.softmax()),
  'PReLU of its own for every pixel': onImage(() => layers.prelu({alphaInitializer: uniform(4)})),
  'PReLU by channel': onImage(() => layers.prelu({sharedAxes: [1, 2], alphaInitializer: uniform(4)})),
  'PReLU by row': onImage(() => layers.prelu({sharedAxes: [2, 3], alphaInitializer: uniform(4)})),
  'repeat vector': onFeatures(() => layers.repeatVector({n: 3})),
  permute: onLine(() => layers.permute({dims: [2, 1]})),
  reshape: onFeatures(() => layers.reshape({targetShape: [2, 3]})),
  flatten: onImage(() => layers.flatten()),
  rescaling: onFeatures(() => layers.rescaling({scale: 2, offset: 1})),
  'zero padding': onImage(() => layers.zeroPadding2d({padding: [[1, 2] as never, [0, 1] as never]})),
  cropping: onImage(() =>
    layers.cropping2D({
      cropping: [
        [1, 1],
        [0, 2],
      ],
    }),
  ),
  'global average pooling of lines': onLine(() => layers.globalAveragePooling1d()),
  'global average pooling of images': onImage(() => layers.globalAveragePooling2d({})),
  'global max pooling of lines': onLine(() => layers.globalMaxPooling1d()),
  'global max pooling of images': onImage(() => layers.globalMaxPooling2d({})),
  'conv2d whose strides pass over pixels': onImage(() =>
    layers.conv2d({filters: 5, kernelSize: 2, strides: 3, padding: 'same', ...kernel(2)}),
  ),
  'depthwise conv2d whose strides pass over pixels': onImage(() =>
    layers.depthwiseConv2d({kernelSize: 2, strides: 3, padding: 'same', ...depthwise(2)}),
  ),
  'time-distributed dense': onLine(() =>
    layers.timeDistributed({layer: layers.dense({units: 4, ...kernel(2)})}),
  ),
  'masking and LSTM': [
    LINE,
    () => [layers.masking({maskValue: 0}), layers.lstm({units: 4, ...recurrent(3)})],
  ],
  'bidirectional GRU, summed': onLine(() =>
    layers.bidirectional({
      layer: layers.gru({units: 4, ...recurrent(3)}) as tf.RNN,
      mergeMode: 'sum',
    }),
  ),
  'stacked cells': onLine(() =>
    layers.rnn({
      cell: layers.stackedRNNCells({
        cells: [layers.lstmCell({units: 4, ...recurrent(3)}), layers.gruCell({units: 3, ...recurrent(4)})],
      }),
    }),
  ),
  'convolutional LSTM': [
    [3, 5, 4, 2],
    () => [layers.convLstm2d({filters: 3, kernelSize: 3, padding: 'same', ...recurrent(3)})],
  ],
  'time-distributed conv2d': [
    [3, 5, 4, 2],
    () => [layers.timeDistributed({layer: layers.conv2d({filters: 4, kernelSize: 3, ...kernel(2)})})],
  ],
};

for (const activation of [
  'elu',
  'hardSigmoid',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
] as const) {
  CASES[`activation ${activation}`] = onFeatures(() => layers.activation({activation}));
}

for (const returnSequences of [false, true]) {
  for (const [name, layer] of Object.entries({
    'simple RNN': () => layers.simpleRNN({units: 4, returnSequences, ...recurrent(3)}),
    LSTM: () => layers.lstm({units: 4, returnSequences, ...recurrent(3)}),
    GRU: () => layers.gru({units: 4, returnSequences, ...recurrent(3)}),
  })) {
    const what = returnSequences ? 'all states' : 'last state';
    CASES[`${name}, ${what}`] = onLine(layer);
    CASES[`bidirectional ${name}, ${what}`] = onLine(() =>
      layers.bidirectional({layer: layer() as tf.RNN, mergeMode: 'concat'}),
    );
  }
}

for (const padding of ['same', 'valid'] as const) {
  for (const strides of [1, 2]) {
    const conv = {filters: 5, kernelSize: 3, strides, padding, ...kernel(2)};
    const pool1d = {poolSize: 3, strides, padding};
    const pool2d = {poolSize: 3, strides: [strides, strides] as [number, number], padding};
    const pool3d = {
      poolSize: 2,
      strides: [strides, strides, strides] as [number, number, number],
      padding,
      dataFormat: 'channelsLast' as const,
    };
    const wide = {kernelSize: 3, depthMultiplier: 2, strides, padding, ...depthwise(2)};
    Object.assign(CASES, {
      [`conv1d, ${padding}, stride ${strides}`]: onLine(() => layers.conv1d(conv)),
      [`conv2d, ${padding}, stride ${strides}`]: onImage(() => layers.conv2d(conv)),
      [`transposed conv2d, ${padding}, stride ${strides}`]: onImage(() => layers.conv2dTranspose(conv)),
      [`conv3d, ${padding}, stride ${strides}`]: onVolume(() => layers.conv3d(conv)),
      [`depthwise conv2d, ${padding}, stride ${strides}`]: onImage(() => layers.depthwiseConv2d(wide)),
      [`separable conv2d, ${padding}, stride ${strides}`]: onImage(() =>
        layers.separableConv2d({filters: 5, ...wide}),
      ),
      [`max pooling 1d, ${padding}, stride ${strides}`]: onLine(() => layers.maxPooling1d(pool1d)),
      [`max pooling 2d, ${padding}, stride ${strides}`]: onImage(() => layers.maxPooling2d(pool2d)),
      [`max pooling 3d, ${padding}, stride ${strides}`]: onVolume(() => layers.maxPooling3d(pool3d)),
      [`average pooling 1d, ${padding}, stride ${strides}`]: onLine(() => layers.averagePooling1d(pool1d)),
      [`average pooling 2d, ${padding}, stride ${strides}`]: onImage(() => layers.averagePooling2d(pool2d)),
      [`average pooling 3d, ${padding}, stride ${strides}`]: onVolume(() => layers.averagePooling3d(pool3d)),
    });
  }
}

function regression([shape, stack]: [number[], Layers], batch = 4): TrainingCase {
  return {
    model: () => {
      const input = tf.input({shape});
      let output: tf.SymbolicTensor = input;
      for (const layer of stack()) output = layer.apply(output) as tf.SymbolicTensor;
      return tf.model({inputs: input, outputs: output});
    },
    data: (model) => ({
      x: tf.randomNormal([batch, ...shape], 0, 1, 'float32', 5),
      y: tf.randomNormal([batch, ...(model.outputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 6),
    }),
    compile: () => ({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'}),
    steps: 3,
  };
}

for (const [name, layer] of Object.entries(CASES)) {
  test.serial(`${name}: trains as on the cpu backend`, async (t) => {
    await trainsAlike(t, regression(layer));
  });
}

// tfjs's cpu backend is right about these gradients for single, square images only.
for (const interpolation of ['nearest', 'bilinear'] as const) {
  test.serial(`${interpolation} upsampling: trains as on the cpu backend`, async (t) => {
    const upSampling = () => layers.upSampling2d({size: [3, 2], interpolation});
    const stack = () => [layers.conv2d({filters: 4, kernelSize: 1, ...kernel(1)}), upSampling()];
    await trainsAlike(t, regression([[5, 5, 3], stack], 1));
  });
}

for (const [name, merge] of Object.entries({
  add: () => layers.add(),
  average: () => layers.average(),
  concatenate: () => layers.concatenate(),
  maximum: () => layers.maximum(),
  minimum: () => layers.minimum(),
  multiply: () => layers.multiply(),
  dot: () => layers.dot({axes: 1}),
})) {
  test.serial(`${name}: trains as on the cpu backend`, async (t) => {
    const model = () => {
      const input = tf.input({shape: [5]});
      const branches = [1, 2].map((seed) => layers.dense({units: 4, ...kernel(seed)}).apply(input));
      const output = merge().apply(branches as tf.SymbolicTensor[]) as tf.SymbolicTensor;
      return tf.model({inputs: input, outputs: output});
    };
    await trainsAlike(t, {...regression([[5], () => []]), model});
  });
}

// Their noise has no seed: no two runs are alike.
for (const [name, layer] of Object.entries({
  'alpha dropout': () => layers.alphaDropout({rate: 0.4}),
  'gaussian dropout': () => layers.gaussianDropout({rate: 0.4}),
  'gaussian noise': () => layers.gaussianNoise({stddev: 0.4}),
})) {
  test.serial(`${name}: trains`, async (t) => {
    await useBackend('wasm');
    const training = regression(onFeatures(layer));
    const before = await train({...training, steps: 0});
    const {weights, losses} = await train(training);
    t.true(losses.every(Number.isFinite) && weights.every((values) => values.every(Number.isFinite)));
    t.notDeepEqual(weights, before.weights);
  });
}

for (const maskZero of [false, true]) {
  test.serial(`embedding${maskZero ? ' with a mask' : ''}: trains as on the cpu backend`, async (t) => {
    const embedding = () =>
      layers.embedding({inputDim: 7, outputDim: 4, maskZero, embeddingsInitializer: uniform(3)});
    const stack = () => [embedding(), layers.lstm({units: 3, ...recurrent(3)})];
    const words = [
      [1, 2, 3, 0, 0],
      [6, 6, 1, 2, 0],
      [3, 3, 3, 3, 3],
    ];
    const training = regression([[5], stack], words.length);
    await trainsAlike(t, {
      ...training,
      data: (model) => ({...training.data(model), x: tf.tensor2d(words)}),
    });
  });
}

// Adaptive ones divide a gradient by its size: with a small epsilon, the last digits of one that is almost zero would
// decide over whole steps.
for (const [name, optimizer] of Object.entries({
  nesterov: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1, 0.95, 1e-2),
  adamax: () => tf.train.adamax(0.01, 0.9, 0.999, 1e-2),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-2),
})) {
  test.serial(`${name}: trains as on the cpu backend`, async (t) => {
    const training = regression(onFeatures(() => layers.dense({units: 3, ...kernel(2)})));
    await trainsAlike(t, {...training, compile: () => ({optimizer: optimizer(), loss: 'meanSquaredError'})});
  });
}

for (const [name, options] of Object.entries({
  'L1 and L2': {kernelRegularizer: 'l1l2' as const},
  'L2 of the bias': {biasRegularizer: tf.regularizers.l2({l2: 0.1}) as never},
  'a maximal norm': {kernelConstraint: tf.constraints.maxNorm({maxValue: 0.5})},
  'a norm of one': {kernelConstraint: 'unitNorm' as const},
  'no negative weights': {kernelConstraint: 'nonNeg' as const},
  'norms between bounds': {kernelConstraint: tf.constraints.minMaxNorm({minValue: 0.3, maxValue: 0.6})},
})) {
  test.serial(`dense with ${name}: trains as on the cpu backend`, async (t) => {
    await trainsAlike(
      t,
      regression(onFeatures(() => layers.dense({units: 4, ...kernel(2), ...(options as object)}))),
    );
  });
}
