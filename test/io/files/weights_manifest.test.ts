import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {checkManifest, fillsExactly, groupBytes} from '../../../src/io/files/weights_manifest';

const spec = (change: object = {}) => ({name: 'a', shape: [2], dtype: 'float32', ...change});
const withSpec = (change: object) => [{paths: ['x'], weights: [spec(), spec({name: 'b', ...change})]}];
const quantized = (change: object) => withSpec({quantization: {dtype: 'uint8', min: 0, scale: 1, ...change}});

const MALFORMED: Array<[string, unknown, string]> = [
  ['no array', {}, 'weightsManifest of file'],
  ['no group', [null], 'weightsManifest\\[0\\]\\.paths'],
  ['no paths', [{weights: []}], 'weightsManifest\\[0\\]\\.paths'],
  ['no weights', [{paths: []}], 'weightsManifest\\[0\\]\\.weights'],
  ['a number as path', [{paths: ['x', 3], weights: []}], 'weightsManifest\\[0\\]\\.paths\\[1\\]'],
  ['an object as path', [{paths: [{toString: 1}], weights: []}], 'paths\\[0\\]'],
  ['an empty path', [{paths: [''], weights: []}], 'paths\\[0\\]'],
  ['a NUL', [{paths: ['a\0b'], weights: []}], 'paths\\[0\\]'],
  ['an endless path', [{paths: ['x'.repeat(5000)], weights: []}], 'paths\\[0\\]'],
  ['null as weight', [{paths: [], weights: [null]}], 'weights\\[0\\]\\.name'],
  ['no name', withSpec({name: 1}), 'weights\\[1\\]\\.name'],
  ['a reserved name', withSpec({name: '__proto__'}), 'weights\\[1\\]\\.name'],
  ['a name twice', withSpec({name: 'a'}), 'weights\\[1\\]\\.name'],
  ['no shape', withSpec({shape: undefined}), 'weights\\[1\\]\\.shape'],
  ['a negative size', withSpec({shape: [-1]}), 'weights\\[1\\]\\.shape'],
  ['a fractional size', withSpec({shape: [1.5]}), 'weights\\[1\\]\\.shape'],
  ['a size as string', withSpec({shape: ['2']}), 'weights\\[1\\]\\.shape'],
  ['a shape beyond integers', withSpec({shape: [2 ** 40, 2 ** 40]}), 'weights\\[1\\]\\.shape'],
  ['an unknown dtype', withSpec({dtype: 'int64'}), 'weights\\[1\\]\\.dtype'],
  ['an inherited dtype', withSpec({dtype: 'toString'}), 'weights\\[1\\]\\.dtype'],
  ['no quantization', withSpec({quantization: null}), 'quantization\\.dtype'],
  ['an unknown quantization', quantized({dtype: 'int8'}), 'quantization\\.dtype'],
  ['no minimum', quantized({min: undefined}), 'quantization\\.min'],
  ['no scale', quantized({scale: '1'}), 'quantization\\.scale'],
  [
    'quantized strings',
    withSpec({dtype: 'string', quantization: {dtype: 'uint8'}}),
    'weights\\[1\\]\\.dtype',
  ],
  ['float16 for int32', withSpec({dtype: 'int32', quantization: {dtype: 'float16'}}), 'quantization\\.dtype'],
];

for (const [what, manifest, place] of MALFORMED) {
  test(`refuses ${what}`, (t) => {
    const error = t.throws(() => checkManifest(manifest, 'file'), {
      name: 'ValueError',
      message: new RegExp(place),
    });
    t.true((error?.message.length ?? 0) <= 1000);
  });
}

test('accepts the quantizations that tfjs reads, and knows their bytes', (t) => {
  for (const [change, bytes] of [
    [{dtype: 'uint8'}, 1],
    [{dtype: 'uint16'}, 2],
    // float16 stores the numbers themselves.
    [{dtype: 'float16', min: undefined, scale: undefined}, 2],
  ] as const) {
    const [{weights}] = checkManifest(quantized(change), 'file');
    t.deepEqual(groupBytes(weights), {bytes: 2 * 4 + 2 * bytes, isExact: true}, JSON.stringify(change));
  }
  t.notThrows(() =>
    checkManifest(withSpec({dtype: 'int32', quantization: {dtype: 'uint8', min: 0, scale: 1}}), 'file'),
  );
});

// Compares with what tfjs itself writes and reads.
const shape = fc.array(fc.nat({max: 3}), {maxLength: 3});
const tensor = fc.tuple(shape, fc.constantFrom('float32', 'int32', 'bool', 'string', 'complex64'));

test('property: accepts what tfjs writes, and computes its number of bytes', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(tensor, {maxLength: 4}), fc.nat({max: 3}), async (tensors, extra) => {
      const made = tensors.map(([sizes, dtype], i) => {
        const values = Array.from({length: tf.util.sizeFromShape(sizes)}, (_, k) => k);
        const text = values.map((k) => 'ü'.repeat(k));
        const of = (data: number[] | string[]) =>
          tf.tensor(data, sizes, dtype === 'complex64' ? 'float32' : dtype);
        const made =
          dtype === 'complex64' ? tf.complex(of(values), of(values)) : of(dtype === 'string' ? text : values);
        return {name: String(i), tensor: made};
      });
      const {data, specs} = await tf.io.encodeWeights(made);
      tf.dispose(made.map((entry) => entry.tensor));
      t.notThrows(() => checkManifest([{paths: ['x'], weights: specs}], 'file'));
      const {bytes, isExact} = groupBytes(specs);
      if (isExact) t.is(bytes, data.byteLength);
      else t.true(bytes <= data.byteLength);
      t.true(fillsExactly(specs, new Uint8Array(data)));
      const longer = new Uint8Array(data.byteLength + extra);
      longer.set(new Uint8Array(data));
      t.is(fillsExactly(specs, longer), extra === 0);
      if (data.byteLength > 0) t.false(fillsExactly(specs, new Uint8Array(data, 0, data.byteLength - 1)));
    }),
    {numRuns: 100},
  );
});
