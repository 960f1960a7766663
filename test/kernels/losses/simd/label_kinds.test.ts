import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {LABEL_KINDS, labelKind} from '../../../../src/kernels/losses/simd/label_kinds';
import type {HostLabels, LabelValues} from '../../../../src/labels/host_labels';

const kindOf = (form: HostLabels['form'], values: LabelValues) =>
  labelKind({form, values, rows: 1, classes: values.length, stride: values.length});

test('dense labels go by their dtype, integers all alike', (t) => {
  for (const form of ['multiHot', 'multiHotWithBackground'] as const) {
    t.is(kindOf(form, new Float32Array(3)), LABEL_KINDS.float);
    t.is(kindOf(form, new Int32Array(3)), LABEL_KINDS.int);
    t.is(kindOf(form, new Uint8Array(3)), LABEL_KINDS.byte);
  }
  t.is(kindOf('index', new Float32Array(3)), LABEL_KINDS.index);
  t.is(kindOf('index', new Int32Array(3)), LABEL_KINDS.index);
});

test('the module knows the kinds by the same numbers', (t) => {
  const assembly = join(__dirname, '../../../../src/kernels/losses/simd/assembly/labels.ts');
  const constants = readFileSync(assembly, 'utf8').matchAll(
    /^export const (INDEX|FLOAT|INT|BYTE): i32 = (\d);$/gm,
  );
  const numbers = [...constants].map(([, name, number]) => [name.toLowerCase(), Number(number)]);
  t.deepEqual(Object.fromEntries(numbers), LABEL_KINDS);
});
