import test from 'ava';
import {lossAndGradient} from '../../../../src/kernels/losses/host/loss_and_gradient';
import {blockPass} from '../../../../src/kernels/losses/simd/block_pass';
import type {HostLabels} from '../../../../src/labels/host_labels';
import {difference, makePassCase, type PassCase, type Recipe} from '../../../helpers/pass_cases';

const base: Recipe = {
  family: 'sigmoid',
  rows: 3,
  classes: 5,
  form: 'index',
  type: 'float32',
  content: 'one',
  softTail: false,
  beta: 1,
  special: false,
  seed: 1,
};
const draws = {key: [123, 456] as const, threshold: 2 ** 31};

const SCALE = 0.25;
const run = ({family, z, labels, suppression}: PassCase, out?: Float32Array) =>
  blockPass(family, z, labels, suppression, SCALE, out)!;

/** A row of a batch, as a batch of its own. */
function rowOf({z, labels, ...rest}: PassCase, row: number): PassCase {
  const {classes, stride, values} = labels;
  return {
    ...rest,
    z: z.slice(row * classes, (row + 1) * classes),
    labels: {...labels, rows: 1, values: values.slice(row * stride, (row + 1) * stride)},
  };
}

const shapes: Array<[string, Partial<Recipe>]> = [
  ['many rows a block, and a last one that is not full', {rows: 101, classes: 1001}],
  ['rows of one class', {rows: 70_001, classes: 1}],
  ['rows of half a block and a little', {rows: 3, classes: 16_385}],
  ['rows longer than a block', {rows: 3, classes: 40_003}],
  ['rows that need a memory of their own', {rows: 3, classes: 200_000}],
  ['no rows', {rows: 0, classes: 7}],
];

for (const [name, shape] of shapes) {
  test.serial(`${name}: matches plain JavaScript, and no row depends on its block`, (t) => {
    for (const family of ['sigmoid', 'softmax'] as const) {
      for (const variant of [
        {},
        {beta: draws},
        {form: 'multiHot', content: 'some', type: 'bool'},
        {form: 'multiHotWithBackground', content: 'soft', softTail: true},
      ] as Array<Partial<Recipe>>) {
        const batch = makePassCase({...base, family, ...shape, ...variant});
        const {z, labels, suppression} = batch;
        const before = z.slice();
        const {losses, gradient} = run(batch, new Float32Array(z.length));
        t.is(Buffer.compare(Buffer.from(z.buffer), Buffer.from(before.buffer)), 0);

        const expected = lossAndGradient(family, z, labels, suppression, true, 1);
        t.is(difference(losses, expected.losses, 1e-6), undefined);
        const unscaled = gradient!.map((x) => x / SCALE);
        t.is(difference(unscaled, expected.gradient!, 1e-6), undefined);
        // A draw depends on the place in the batch, which a row on its own does not know.
        if (variant.beta != null) continue;
        const {rows, classes} = labels;
        for (const row of new Set([0, 1, Math.floor(32768 / classes), rows - 1])) {
          if (row < 0 || row >= rows) continue;
          const alone = run(rowOf(batch, row), new Float32Array(classes));
          t.is(alone.losses[0], losses[row]);
          t.is(
            difference(alone.gradient!, gradient!.subarray(row * classes, (row + 1) * classes), 0),
            undefined,
          );
        }
      }
    }
  });
}

test('the gradient may take the place of the logits, and need not be computed', (t) => {
  for (const family of ['sigmoid', 'softmax'] as const) {
    const batch = makePassCase({...base, family, rows: 50, classes: 1500, beta: draws});
    const {losses, gradient} = run(batch, new Float32Array(batch.z.length));
    const evaluated = run(batch);
    t.is(evaluated.gradient, undefined);
    t.deepEqual(evaluated.losses, losses);
    const inPlace = run(batch, batch.z);
    t.is(inPlace.gradient, batch.z);
    t.deepEqual(inPlace.losses, losses);
    t.deepEqual(batch.z, gradient);
  }
});

test('integer labels may be float32', (t) => {
  const batch = makePassCase({...base, rows: 40, classes: 9});
  const labels: HostLabels = {...batch.labels, values: Float32Array.from(batch.labels.values)};
  t.deepEqual(run({...batch, labels}), run(batch));
});

test.serial('a small memory is kept for the next call, a large one is not', (t) => {
  const {Memory} = WebAssembly;
  const made: number[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(limits: WebAssembly.MemoryDescriptor) {
      super(limits);
      made.push(limits.initial);
    }
  };
  const small = makePassCase({...base, rows: 600, classes: 1000});
  const large = makePassCase({...base, rows: 2, classes: 200_000});
  try {
    run(small);
    made.length = 0;
    run(small);
    t.deepEqual(made, []);
    for (let call = 0; call < 2; ++call) {
      run(large);
      // k, z and the gradient of one row: 3 · 4 · 200,000 bytes.
      t.is(made[call], Math.ceil((3 * 4 * 200_000) / 65536));
    }
    run(small);
    t.is(made.length, 2);
  } finally {
    WebAssembly.Memory = Memory;
  }
});
