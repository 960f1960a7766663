import type {io} from '@tensorflow/tfjs';
import test from 'ava';
import {ValueError} from '../../src';
import {checkArtifacts} from '../../src/serialization/check_artifacts';

const model = {class_name: 'Sequential', config: {layers: []}};
const check = (artifacts: object) => checkArtifacts(artifacts as io.ModelArtifacts);

test('returns artifacts that TensorFlow.js can handle', (t) => {
  const fine = [
    {modelTopology: model},
    {modelTopology: {model_config: model}},
    {modelTopology: {...model, class_name: 'Functional'}},
    {modelTopology: {...model, class_name: 'Model'}},
    {modelTopology: {node: []}},
    {modelTopology: {}, format: 'graph-model'},
    {modelTopology: {version: 1}},
    {},
    {modelTopology: new ArrayBuffer(8)},
  ];
  for (const artifacts of fine) t.is(check(artifacts), artifacts as never);
});

test('throws for topologies without a model, and for excessive nesting', (t) => {
  let deep: unknown = [];
  for (let i = 0; i < 20_000; i++) deep = [deep];
  const refuse = (artifacts: object, message: RegExp) =>
    t.true(t.throws(() => check(artifacts), {message}) instanceof ValueError);
  for (const modelTopology of [undefined, null, 1, 'x', {}, {class_name: 'Dense', config: {}}])
    refuse({modelTopology, format: 'layers-model'}, /`modelTopology\.class_name`/);
  for (const part of [{class_name: {}}, {config: {}}, {model_config: {}}])
    refuse({modelTopology: part}, /`modelTopology\.class_name`/);
  refuse({modelTopology: {...model, class_name: 'constructor'}}, /`modelTopology\.class_name`/);
  refuse({modelTopology: {...model, config: null}}, /`modelTopology\.config`/);
  refuse({modelTopology: {...model, deep}}, /`modelTopology` to be nested/);
  refuse({modelTopology: model, trainingConfig: deep}, /`trainingConfig` to be nested/);
  refuse({modelTopology: model, userDefinedMetadata: deep}, /`userDefinedMetadata` to be nested/);
});
