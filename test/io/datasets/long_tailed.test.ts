import test from 'ava';
import fc from 'fast-check';
import {longTailed, longTailedCounts} from '../../../src/io/datasets';
import {BytesReader} from '../../../src/io/datasets/image_reader';
import {labeledSplits} from '../../../src/io/datasets/labeled_splits';

const sum = (counts: Int32Array) => counts.reduce((a, b) => a + b, 0);

function balanced(perClass: number, numClasses: number) {
  const labels = Int32Array.from({length: perClass * numClasses}, (_, i) => i % numClasses);
  return labeledSplits({
    reader: new BytesReader(new Uint8Array(labels.length), [1, 1, 1], String),
    labels,
    classNames: Array.from({length: numClasses}, (_, j) => `c${j}`),
    splits: Array.from(labels, () => 'train'),
    batching: {range: [0, 1], labelType: 'int32', strict: false},
  }).train;
}

test('counts match those published for CIFAR-LT', (t) => {
  const of = (...args: Parameters<typeof longTailedCounts>) => longTailedCounts(...args);
  t.deepEqual([...of(10, 5000)], [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50]);
  // Training set sizes from Zhou et al., "BBN" (CVPR 2020) and Zhang et al.'s survey (arXiv 2110.04596).
  t.is(sum(of(10, 5000, {imbalance: 100})), 12_406);
  t.is(sum(of(10, 5000, {imbalance: 50})), 13_996);
  t.is(sum(of(10, 5000, {imbalance: 10})), 20_431);
  t.is(sum(of(100, 500, {imbalance: 100})), 10_847);
  t.is(sum(of(100, 500, {imbalance: 50})), 12_608);
  t.is(sum(of(100, 500, {imbalance: 10})), 19_573);
  t.deepEqual([...of(10, 5000, {profile: 'step'})], [...Array(5).fill(5000), ...Array(5).fill(50)]);
});

test('every tail descends from n to n / imbalance', (t) => {
  const [classes, most] = [fc.integer({min: 2, max: 200}), fc.integer({min: 1, max: 1e5})];
  const imbalances = fc.double({min: 1, max: 1e4, noNaN: true});
  const property = fc.property(classes, most, imbalances, (c, n, imbalance) => {
    const counts = longTailedCounts(c, n, {imbalance});
    const descends = counts.every((count, i) => i === 0 || count <= counts[i - 1]);
    return descends && counts[0] === n && Math.abs(counts[c - 1] - n / imbalance) <= 1;
  });
  t.notThrows(() => fc.assert(property));
});

test('the same seed keeps the same images, with the right classes', (t) => {
  const data = balanced(100, 5);
  const tail = longTailed(data, {imbalance: 10, seed: 3});
  t.deepEqual(tail.counts, {c0: 100, c1: 56, c2: 31, c3: 17, c4: 10});
  const names = (dataset: typeof tail) => Array.from(dataset.labels, (_, i) => dataset.nameOf(i));
  t.true(names(tail).every((name, i) => Number(name) % 5 === tail.labels[i]));
  t.deepEqual(names(longTailed(data, {imbalance: 10, seed: 3})), names(tail));
  t.notDeepEqual(names(longTailed(data, {imbalance: 10, seed: 4})), names(tail));
});

test('refuses wrong arguments, naming them', (t) => {
  const data = balanced(4, 3);
  t.throws(() => longTailed({} as never), {message: /^Expected `dataset` to be a LabeledDataset/});
  t.throws(() => longTailed(data, {imbalance: 5}), {message: /^Expected `imbalance` to be at most 4/});
  t.throws(() => longTailed(data, {imbalance: 0.5}), {
    message: /^Expected `imbalance` to be a finite number ≥ 1/,
  });
  t.throws(() => longTailed(data, {profile: 'zipf' as 'exp'}), {message: /^Expected `profile` to be/});
  t.throws(() => longTailed(data, {imbalence: 2} as object), {message: /did you mean "imbalance"\?/});
});
