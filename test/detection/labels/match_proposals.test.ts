import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {decodeBoxes, type MatchProposalsOptions, matchProposals} from '../../../src/detection';
import {useBackend} from '../../helpers/backends';
import {cellBoxes, cellIoU} from '../../helpers/boxes';

const CLASSES = 9;
const base = {numClasses: CLASSES, seed: 4};

test.before(() => useBackend('cpu'));

function read(...args: Parameters<typeof matchProposals>) {
  const {indices, labels, boxTargets} = matchProposals(...args);
  const values = {
    indices: [...indices.dataSync()],
    labels: [...labels.dataSync()],
    targets: boxTargets.arraySync(),
  };
  tf.dispose([indices, labels, boxTargets]);
  return values;
}

test('labels are those of the object sharing the most cells, if there are enough', (t) => {
  fc.assert(
    fc.property(cellBoxes(), cellBoxes(), fc.constantFrom(0.3, 0.5, 1), (proposals, boxes, foregroundIoU) => {
      const labels = boxes.map((_, j) => j % CLASSES);
      const options = {...base, foregroundIoU, foregroundFraction: 1};
      const found = read(proposals, {boxes, labels}, options);
      t.deepEqual(found.indices, [...proposals.keys()]);
      const expected = proposals.map((proposal) => {
        const ious = boxes.map((box) => cellIoU(proposal, box));
        const best = ious.indexOf(Math.max(...ious));
        return best >= 0 && ious[best] >= foregroundIoU ? labels[best] : CLASSES;
      });
      t.deepEqual(found.labels, expected);
    }),
  );
});

test("targets equal Fast R-CNN's", (t) => {
  const proposals = [
    [10, 20, 30, 60],
    [0, 0, 1, 1],
  ];
  const groundTruth = {boxes: [[12, 24, 32, 56]], labels: [3]};
  const {labels, targets} = read(proposals, groundTruth, base);
  t.deepEqual(labels, [3, CLASSES]);
  // Centers (20, 40) and (22, 40), sides 20 × 40 and 20 × 32.
  const expected = [(10 * 2) / 20, 0, 0, 5 * Math.log(32 / 40)];
  for (const [k, value] of expected.entries()) t.true(Math.abs(targets[0][k] - value) < 1e-6);
  t.deepEqual(targets[1], [0, 0, 0, 0]);
  const plain = read(proposals, groundTruth, {...base, weights: [1, 1, 1, 1]});
  t.true(Math.abs(plain.targets[0][0] - 0.1) < 1e-6);
});

test('decodeBoxes inverts them', (t) => {
  fc.assert(
    fc.property(cellBoxes(), cellBoxes(), (proposals, boxes) => {
      const weights = [10, 8, 5, 3] as const;
      const labels = boxes.map(() => 0);
      const options = {...base, foregroundIoU: 0.1, foregroundFraction: 1, weights};
      tf.tidy(() => {
        const matched = matchProposals(proposals, {boxes, labels}, options);
        const decoded = decodeBoxes(matched.boxTargets, proposals, {weights}).arraySync();
        for (const [i, label] of matched.labels.dataSync().entries()) {
          const ious = boxes.map((box) => cellIoU(proposals[i], box));
          const target = label === 0 ? boxes[ious.indexOf(Math.max(...ious))] : proposals[i];
          for (let k = 0; k < 4; ++k) t.true(Math.abs(decoded[i][k] - target[k]) < 1e-4);
        }
      });
    }),
  );
});

const crowd = Array.from({length: 600}, (_, i) =>
  i % 3 === 0 ? [0, 0, 10, 10 + (i % 5)] : [50, 50, 60, 61],
);
const object = {boxes: [[0, 0, 10, 12]], labels: [1]};

test('draws as much foreground as allowed, and background for the rest', (t) => {
  const drawn = (options: Partial<MatchProposalsOptions>) => read(crowd, object, {...base, ...options});
  const counts = (options: Partial<MatchProposalsOptions>) => {
    const {indices, labels} = drawn(options);
    t.is(new Set(indices).size, indices.length);
    t.deepEqual(
      labels,
      indices.map((i) => (i % 3 === 0 ? 1 : CLASSES)),
    );
    t.deepEqual(
      indices,
      [...indices].sort((a, b) => a - b),
    );
    return [labels.filter((label) => label === 1).length, labels.filter((label) => label === CLASSES).length];
  };
  t.deepEqual(counts({}), [128, 384]);
  t.deepEqual(counts({perImage: 90}), [22, 68]);
  t.deepEqual(counts({foregroundFraction: 0}), [0, 400]);
  t.deepEqual(counts({foregroundFraction: 1}), [200, 312]);
  t.deepEqual(counts({perImage: 1000, foregroundFraction: 1}), [200, 400]);
  t.deepEqual(drawn({perImage: 20}), drawn({perImage: 20}));
  t.notDeepEqual(drawn({perImage: 20}), drawn({perImage: 20, seed: 5}));
});

test('every proposal is drawn equally often', (t) => {
  const times = new Int32Array(crowd.length);
  for (let seed = 0; seed < 400; ++seed) {
    for (const i of read(crowd, object, {...base, seed, perImage: 120}).indices) times[i]++;
  }
  // 400 draws of 30 in 200 and of 90 in 400 have standard deviations of 7 and 8: five of them are allowed.
  for (const [i, count] of times.entries()) t.true(Math.abs(count - (i % 3 === 0 ? 60 : 90)) < 40);
});

test('without objects everything is background; without proposals there is nothing', (t) => {
  const none = {boxes: [], labels: []};
  t.deepEqual(read(crowd.slice(0, 3), none, base).labels, [CLASSES, CLASSES, CLASSES]);
  const {indices, labels, boxTargets} = matchProposals([], object, base);
  t.deepEqual([indices.shape, labels.shape, boxTargets.shape], [[0], [0], [0, 4]]);
  t.deepEqual([indices.dtype, labels.dtype, boxTargets.dtype], ['int32', 'int32', 'float32']);
  t.deepEqual(
    read(tf.zeros([0, 4]), {boxes: tf.zeros([0, 4]), labels: tf.zeros([0], 'int32')}, base).labels,
    [],
  );
});

test('tensors and arrays give the same on wasm, and leak nothing', async (t) => {
  const expected = read(crowd, object, base);
  await useBackend('wasm');
  const boxes = tf.tensor2d(crowd);
  const before = tf.memory().numTensors;
  t.deepEqual(read(boxes, object, base), expected);
  t.is(tf.memory().numTensors, before);
  await useBackend('cpu');
});

test('refuses labels that are not classes, and wrong options', (t) => {
  const boxes = object.boxes;
  const of =
    (labels: number[], options: object = {}) =>
    () =>
      matchProposals(crowd, {boxes, labels}, {...base, ...options});
  t.throws(of([CLASSES]), {message: /^Expected `groundTruth\.labels\[0\]` to be an integer ≥ 0 and ≤ 8/});
  t.throws(of([]), {message: /^Expected `groundTruth\.labels` to be 1 labels/});
  t.throws(of([1], {foregroundIoU: 0}), {message: /^Expected `foregroundIoU`/});
  t.throws(of([1], {foregroundFraction: 1.5}), {message: /^Expected `foregroundFraction`/});
  t.throws(of([1], {perImage: 0}), {message: /^Expected `perImage`/});
  t.throws(of([1], {numClasses: undefined}), {message: /^Expected `numClasses`/});
  t.throws(of([1], {seed: undefined}), {message: /^Expected `seed`/});
  t.throws(of([1], {weights: [1, 1, 1, 0]}), {message: /^Expected `weights`/});
  t.throws(of([1], {foregroundIou: 0.5}), {message: /did you mean "foregroundIoU"/});
  t.throws(() => matchProposals(crowd, undefined as never, base), {
    message: /^Expected `groundTruth\.boxes`/,
  });
  t.throws(() => matchProposals([[0, 0, 1, Number.POSITIVE_INFINITY]], object, base), {
    message: /^Expected `proposals\[0\]`/,
  });
});
