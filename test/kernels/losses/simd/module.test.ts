import test from 'ava';
import fc from 'fast-check';
import {lossAndGradient, scaleRows} from '../../../../src/kernels/losses/host/loss_and_gradient';
import {keptOf} from '../../../../src/kernels/losses/simd/kept';
import {labelKind} from '../../../../src/kernels/losses/simd/label_kinds';
import {
  drawParameters,
  SCRATCH_BYTES,
  type SimdModule,
  simdModule,
} from '../../../../src/kernels/losses/simd/module';
import {difference, makePassCase, type Recipe, recipes} from '../../../helpers/pass_cases';

const PAGE = 65536;
/** What gradients are multiplied by. */
const SCALES = [1, Math.fround(1 / 3), 2 ** -9, 5];
const PATTERN = Uint8Array.from({length: 2 * PAGE}, (_, i) => 0xa5 ^ i);
const plain = new WebAssembly.Memory({initial: 1, maximum: 1});
const shared = new WebAssembly.Memory({initial: 1, maximum: 1, shared: true});

interface Placement {
  /** The array that ends where the memory ends, so that an access behind it traps. */
  last?: string;
  /** The array that begins where the memory begins. */
  first?: string;
}

// An address of 0 stands for no gradient, and for k = 1.
const placements = (names: string[]): fc.Arbitrary<Placement> => {
  const starts = names.filter((name) => name !== 'out' && name !== 'kept');
  return fc.oneof(
    fc.constantFrom(...names).map((last) => ({last})),
    fc.constantFrom(...starts).map((first) => ({first})),
  );
};

/** Arrays in a memory whose other bytes hold a pattern. */
class Layout<Name extends string> {
  readonly at = {} as Record<Name, number>;
  readonly bytes: Uint8Array;
  private readonly before: Uint8Array;

  constructor(
    memory: WebAssembly.Memory,
    private readonly arrays: Record<Name, Float32Array | Float64Array | Int32Array | Uint8Array>,
    {last, first}: Placement,
  ) {
    this.bytes = new Uint8Array(memory.buffer);
    this.bytes.set(PATTERN.subarray(0, this.bytes.length));
    let free = first == null ? 4 : this.arrays[first as Name].byteLength;
    for (const name of this.names()) {
      const {buffer, byteOffset, byteLength} = arrays[name];
      // Gaps that leave nothing aligned to more than float32 is.
      free = 4 * Math.ceil(free / 4) + 20;
      this.at[name] = name === last ? this.bytes.length - byteLength : name === first ? 0 : free;
      this.bytes.set(new Uint8Array(buffer, byteOffset, byteLength), this.at[name]);
      free += byteLength;
    }
    this.before = this.bytes.slice();
  }

  private names(): Name[] {
    return Object.keys(this.arrays) as Name[];
  }

  /** What an array of float32 holds now. */
  values(name: Name): Float32Array {
    const {byteLength} = this.arrays[name];
    return new Float32Array(this.bytes.slice(this.at[name], this.at[name] + byteLength).buffer);
  }

  /** The first byte that changed outside the outputs, if any. */
  damage(outputs: Name[]): string | undefined {
    const after = this.bytes.slice();
    for (const name of outputs) {
      const from = this.at[name];
      after.set(this.before.subarray(from, from + this.arrays[name].byteLength), from);
    }
    const place =
      Buffer.compare(after, this.before) === 0 ? -1 : after.findIndex((x, i) => x !== this.before[i]);
    if (place < 0) return undefined;
    const inside = this.names().find(
      (name) => place >= this.at[name] && place < this.at[name] + this.arrays[name].byteLength,
    );
    return `byte ${place}, ${inside ?? 'outside all arrays'}`;
  }
}

function checkPass(
  memory: WebAssembly.Memory,
  recipe: Recipe,
  differentiable: boolean,
  placement: Placement,
): string | undefined {
  const {family, z, labels, suppression} = makePassCase(recipe);
  const {rows, classes, stride, values} = labels;
  const kept = keptOf(suppression);
  const losses = new Float32Array(rows);
  const scratch = new Uint8Array(SCRATCH_BYTES);
  const arrays = {z, out: new Float32Array(z.length), labels: values, kept: kept.values, losses, scratch};
  const scale = SCALES[Math.abs(recipe.seed) % SCALES.length];
  const layout = new Layout(memory, arrays, placement);
  const {at} = layout;
  const module = simdModule(memory) as SimdModule;
  module.pass(
    family === 'softmax',
    at.z,
    differentiable ? at.out : 0,
    at.labels,
    labelKind(labels),
    stride,
    at.kept,
    kept.soft,
    at.losses,
    rows,
    classes,
    scale,
    at.scratch,
    ...drawParameters(suppression.beta, 0),
  );
  const damage = layout.damage(['losses', 'scratch', ...(differentiable ? (['out'] as const) : [])]);
  if (damage) return damage;
  const expected = lossAndGradient(family, z, labels, suppression, differentiable, 1);
  const lost = difference(layout.values('losses'), expected.losses, 1e-6);
  if (lost) return `loss ${lost}`;
  const unscaled = layout.values('out').map((x) => x / scale);
  const wrong = expected.gradient && difference(unscaled, expected.gradient, 1e-6);
  return wrong && `gradient ${wrong}`;
}

for (const [name, memory, numRuns] of [
  ['a memory', plain, 3000],
  ['a shared memory', shared, 500],
] as const) {
  test(`a pass over ${name} touches only its arrays, and writes only to its outputs`, (t) => {
    fc.assert(
      fc.property(
        recipes(5, 70),
        fc.boolean(),
        placements(['z', 'out', 'labels', 'kept', 'losses', 'scratch']),
        (recipe, differentiable, placement) => {
          t.is(checkPass(memory, recipe, differentiable, placement), undefined);
        },
      ),
      {numRuns},
    );
  });
}

test('rows longer than a block touch nothing else', (t) => {
  // A block has 256 classes.
  const memory = new WebAssembly.Memory({initial: 2, maximum: 2});
  fc.assert(
    fc.property(
      recipes(2, 2100, 1000),
      placements(['z', 'out', 'labels', 'kept', 'losses', 'scratch']),
      (recipe, placement) => {
        t.is(checkPass(memory, recipe, true, placement), undefined);
      },
    ),
    {numRuns: 100},
  );
});

test('scale multiplies rows by their factors, and touches nothing else', (t) => {
  const floats = (length: number) =>
    fc.array(fc.float(), {minLength: length, maxLength: length}).map((values) => Float32Array.from(values));
  const cases = fc
    .record({rows: fc.integer({min: 0, max: 5}), classes: fc.integer({min: 1, max: 20})})
    .chain((shape) =>
      fc.record({
        values: floats(shape.rows * shape.classes),
        factors: floats(shape.rows),
        classes: fc.constant(shape.classes),
      }),
    );
  fc.assert(
    fc.property(cases, placements(['values', 'factors']), ({values, factors, classes}, placement) => {
      const layout = new Layout(plain, {values, factors}, placement);
      const {at} = layout;
      simdModule(plain)?.scale(at.values, at.factors, factors.length, classes);
      t.is(layout.damage(['values']), undefined);
      const expected = new Float32Array(values.length);
      scaleRows(values, factors, expected);
      t.is(difference(layout.values('values'), expected, 0), undefined);
    }),
    {numRuns: 1000},
  );
});

test('a memory has one instance of the module, bound to it', (t) => {
  const memory = new WebAssembly.Memory({initial: 1, maximum: 2});
  const module = simdModule(memory) as SimdModule;
  t.is(simdModule(memory), module);
  t.not(simdModule(plain), module);
  // The memory may grow meanwhile.
  memory.grow(1);
  t.is(simdModule(memory), module);
  new Float32Array(memory.buffer, PAGE, 2).set([3, 5]);
  module.scale(PAGE, PAGE + 4, 1, 1);
  t.deepEqual([...new Float32Array(memory.buffer, PAGE, 2)], [15, 5]);
});

test('draws become parameters', (t) => {
  t.deepEqual(drawParameters(0.5, 7), [false, 0, 0, 0, 0]);
  t.deepEqual(drawParameters({key: [1, 2], threshold: 3}, 7), [true, 7, 1, 2, 3]);
});
