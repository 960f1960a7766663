import type {io} from '@tensorflow/tfjs-core';
import test from 'ava';
import {type CheckpointRecord, checkRecord, seal, unseal} from '../../../src/training/checkpoint/record';

const RECORD: CheckpointRecord = {epoch: 2, states: {rate: {steps: 3}}};
const artifacts = (more: Partial<io.ModelArtifacts> = {}): io.ModelArtifacts => ({
  modelTopology: {class_name: 'Sequential'},
  weightSpecs: [{name: 'w', shape: [2], dtype: 'float32'}],
  weightData: new Float32Array([1, 2]).buffer,
  ...more,
});

test('sealed artifacts come back, with and without user metadata, weights in one buffer or several', (t) => {
  for (const more of [
    {},
    {userDefinedMetadata: {mine: {a: 1}}},
    {weightData: [new Float32Array([1]).buffer, new Float32Array([2]).buffer]},
    {weightData: undefined, weightSpecs: []},
  ]) {
    const own = artifacts(more);
    const {artifacts: again, record} = unseal(seal(own, RECORD));
    t.like(record, RECORD);
    t.deepEqual(again.userDefinedMetadata, own.userDefinedMetadata);
    t.is(again.weightData, own.weightData);
  }
});

test('the checksum does not depend on how the weights are split into buffers', (t) => {
  const sum = (weightData: io.WeightData) =>
    (seal(artifacts({weightData}), RECORD).userDefinedMetadata as Record<string, {checksum: string}>)[
      'tfjs-longtail-checkpoint'
    ].checksum;
  const whole = new Float32Array([1, 2, 3]).buffer;
  t.is(sum([whole.slice(0, 5), whole.slice(5)]), sum(whole));
  t.not(sum(new Float32Array([1, 2, 4]).buffer), sum(whole));
});

test('the checksum detects any other byte, key or number; without one it is not a checkpoint', (t) => {
  const sealed = seal(artifacts({userDefinedMetadata: {mine: {a: 1}}}), RECORD);
  const message = /^Its checksum is [0-9a-f]{8}, but that of what it holds is [0-9a-f]{8}\.$/;
  const changed: Partial<io.ModelArtifacts>[] = [
    {weightData: new Float32Array([1, 3]).buffer},
    {weightData: undefined},
    {modelTopology: {class_name: 'Functional'}},
    {format: 'other'},
    {userDefinedMetadata: {...sealed.userDefinedMetadata, mine: {a: 2}}},
  ];
  for (const change of changed) {
    t.throws(() => unseal({...sealed, ...change}), {name: 'ValueError', message}, JSON.stringify(change));
  }
  for (const held of [undefined, null, 3, 'x'] as never[]) {
    const userDefinedMetadata = {'tfjs-longtail-checkpoint': held};
    t.throws(() => unseal(artifacts({userDefinedMetadata})), {name: 'ValueError', message: /has no record/});
  }
  t.throws(() => unseal(artifacts()), {name: 'ValueError', message: /has no record/});
});

test('records of a newer version, and those that no checkpoint writes, are rejected', (t) => {
  const {record} = unseal(seal(artifacts(), RECORD));
  t.notThrows(() => checkRecord(record));
  const refused = (more: object, message: RegExp) =>
    t.throws(() => checkRecord({...record, ...more}), {name: 'ValueError', message});
  refused({format_version: 2}, /has format 2; this version of tfjs-longtail reads format 1/);
  for (const epoch of [-1, 0.5, '2', null]) refused({epoch}, /`epoch`/);
  for (const states of [null, 3, undefined]) refused({states}, /`states` to be an object/);
});
