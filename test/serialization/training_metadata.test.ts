import type {io} from '@tensorflow/tfjs-core';
import test from 'ava';
import fc from 'fast-check';
import {
  holdsTrainingConfig,
  splitMetadata,
  type TrainingConfig,
  withTrainingConfig,
} from '../../src/serialization/training_metadata';

const optimizer_config = {class_name: 'SGD', config: {learningRate: 0.1}};
const object = {class_name: 'longtail>EqualizationLoss', config: {}};
const artifacts: io.ModelArtifacts = {modelTopology: {}};

test('plain names stay where tfjs reads them', (t) => {
  const named: Array<Omit<TrainingConfig, 'optimizer_config'>> = [
    {loss: 'hinge'},
    {loss: ['hinge', 'hinge'], metrics: []},
    {loss: {a: 'hinge'}, metrics: {a: ['mse', 'accuracy'], b: 'mse'}},
  ];
  for (const entries of named) {
    const config = {...entries, optimizer_config};
    t.deepEqual(withTrainingConfig(artifacts, config), {...artifacts, trainingConfig: config} as never);
  }
});

test('a single object moves the whole configuration into the metadata', (t) => {
  const mixed: Array<Omit<TrainingConfig, 'optimizer_config'>> = [
    {loss: object},
    {loss: ['hinge', object]},
    {loss: 'hinge', metrics: {a: ['mse', object]}},
    {loss: {a: {class_name: 'function', config: 'losses.huberLoss'}}},
  ];
  for (const entries of mixed) {
    const config = {...entries, optimizer_config};
    t.deepEqual(withTrainingConfig(artifacts, config), {
      ...artifacts,
      userDefinedMetadata: {'tfjs-longtail': {format_version: 1, ...config}},
    });
  }
  t.false('userDefinedMetadata' in artifacts);
});

test('names of metrics that compile() does not know move it too', (t) => {
  for (const metrics of [['recall'], ['mse', 'r2_score'], {a: ['mse'], b: 'mean_squared_error'}]) {
    const {userDefinedMetadata, trainingConfig} = withTrainingConfig(artifacts, {
      loss: 'hinge',
      metrics,
      optimizer_config,
    });
    t.is(trainingConfig, undefined);
    t.deepEqual(userDefinedMetadata, {
      'tfjs-longtail': {format_version: 1, loss: 'hinge', metrics, optimizer_config},
    });
  }
});

test('names by output stay where tfjs reads them, even for an output named class_name', (t) => {
  const config = {loss: {class_name: 'hinge', b: 'hinge'}, optimizer_config};
  t.deepEqual(withTrainingConfig(artifacts, config), {...artifacts, trainingConfig: config} as never);
});

test('omits undefined values, which tfjs refuses in metadata', (t) => {
  const loss = {class_name: 'mine>Loss', config: {absent: undefined}} as never;
  const {userDefinedMetadata} = withTrainingConfig(artifacts, {loss, metrics: undefined, optimizer_config});
  t.deepEqual(userDefinedMetadata, {
    'tfjs-longtail': {format_version: 1, loss: {class_name: 'mine>Loss', config: {}}, optimizer_config},
  });
});

test("property: splitting restores the configuration and the user's metadata", (t) => {
  const own = fc.dictionary(
    fc.string().filter((key) => key !== 'tfjs-longtail' && key !== '__proto__'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(own, (metadata) => {
      const config = {loss: object, optimizer_config};
      const written = withTrainingConfig({...artifacts, userDefinedMetadata: metadata as never}, config);
      if (!holdsTrainingConfig(written.userDefinedMetadata)) return t.fail();
      const split = splitMetadata(written.userDefinedMetadata);
      t.deepEqual(split.config, config);
      t.deepEqual(split.own ?? {}, {...metadata});
    }),
  );
});

test("does not mistake a user's entry under the key for ours", (t) => {
  for (const metadata of [
    undefined,
    null,
    {},
    'x',
    {'tfjs-longtail': 'x'},
    {'tfjs-longtail': null},
    {'tfjs-longtail': {}},
  ])
    t.false(holdsTrainingConfig(metadata));
});
