import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequencyCounter, type LabelOptions} from '../../../src/frequency';
import type {BatchEvidence} from '../../../src/frequency/reading/batch_evidence';
import {
  checkElementForm,
  inferElementForm,
  validateLabelOptions,
} from '../../../src/frequency/reading/element_form';
import {readLabelData} from '../../../src/frequency/reading/label_data';
import {classOfName} from '../../../src/labels/class_names';

tf.enableProdMode();

const infer = (
  source: unknown,
  numClasses: number,
  given: LabelOptions = {},
  evidence: BatchEvidence = 'unknown',
) => {
  const {labels, batched} = inferElementForm(readLabelData(source), numClasses, given, evidence);
  return `${labels}${batched ? ', batched' : ''}`;
};

test('infers the documented form from the first element, for 3 classes', (t) => {
  const table: [unknown, string][] = [
    [2, 'integer'],
    [tf.scalar(2), 'integer'],
    [tf.zeros([5, 3]), 'multiHot, batched'],
    [tf.zeros([5, 4]), 'multiHot, batched'],
    [tf.zeros([5, 1]), 'integer, batched'],
    [tf.tensor1d([2]), 'integer'],
    [tf.tensor1d([1]), 'integer'],
    [Int32Array.of(2), 'integer'],
    [tf.tensor1d([0, 2, 1]), 'integer, batched'],
    [tf.tensor1d([0, 1]), 'integer, batched'],
    [Int32Array.of(0, 1, 1, 1, 0), 'integer, batched'],
    [[0, 1, 0], 'multiHot'],
    [[0, 0, 0, 0], 'multiHot'],
    [[0, 2], 'list'],
    [[1], 'list'],
    [[], 'list'],
    [[1, 2, 0], 'list'],
    [
      [
        [0, 1, 0],
        [1, 1, 1],
      ],
      'multiHot, batched',
    ],
    [
      [
        [0, 1, 0, 0],
        [0, 0, 0, 1],
      ],
      'multiHot, batched',
    ],
    [[[0, 1, 0], [1]], 'list, batched'],
    [[[0], [1]], 'list, batched'],
    [
      [
        [0, 1, 0],
        [2, 1, 0],
      ],
      'list, batched',
    ],
    [[[], []], 'list, batched'],
  ];
  for (const [source, form] of table) {
    t.is(infer(source, 3), form, JSON.stringify(source instanceof tf.Tensor ? source.arraySync() : source));
  }
});

const AMBIGUOUS = [
  tf.tensor1d([0, 1, 1]),
  tf.tensor1d([0, 0, 0, 1]),
  Uint8Array.of(0, 1, 0),
  Float32Array.of(1, 1, 1, 0),
];

test('C or C + 1 values of 0 and 1 are a batch or a row, depending on the rest of the element', (t) => {
  for (const source of AMBIGUOUS) {
    t.is(infer(source, 3, {}, 'batch'), 'integer, batched');
    t.is(infer(source, 3, {}, 'one'), 'multiHot');
    for (const evidence of ['maybe', 'unknown'] as const) {
      t.throws(() => infer(source, 3, {}, evidence), {
        name: 'ValueError',
        message:
          /batch of integers \(say `labels: 'integer'`\) or one multi-hot row \(say `labels: 'multiHot'`\)/,
      });
      t.is(infer(source, 3, {labels: 'integer'}, evidence), 'integer, batched');
      t.is(infer(source, 3, {labels: 'multiHot'}, evidence), 'multiHot');
      t.is(infer(source, 3, {batched: true}, evidence), 'integer, batched');
      t.is(infer(source, 3, {batched: false}, evidence), 'multiHot');
    }
  }
});

test('other values of rank 1 are not guessed either', (t) => {
  const integers = tf.tensor1d([0, 2, 1, 2, 0]);
  for (const evidence of ['batch', 'maybe', 'unknown'] as const) {
    t.is(infer(integers, 3, {}, evidence), 'integer, batched');
  }
  t.throws(() => infer(integers, 3, {}, 'one'), {
    message:
      /one image's classes \(say `labels: 'list'`\) or a batch of integers \(say `labels: 'integer', batched/,
  });
  // A batch that looks one-hot, and one that begins with a single label.
  t.is(infer(tf.tensor1d([0, 0, 1, 0, 0]), 3, {}, 'batch'), 'integer, batched');
  t.is(infer(tf.tensor1d([2]), 3, {}, 'batch'), 'integer, batched');
  t.is(infer(tf.tensor1d([2]), 3, {}, 'maybe'), 'integer, batched');
  t.is(infer(tf.tensor1d([2]), 3, {labels: 'integer'}, 'batch'), 'integer, batched');
  t.is(infer(tf.tensor1d([2]), 3, {}, 'one'), 'integer');
  // Of a soft row of the right width the scanner says that it cannot be counted.
  t.is(infer(tf.tensor1d([0.5, 0.5, 0]), 3, {}, 'one'), 'multiHot');
});

test("with one class, [b, 1] has the shape of the model's output: multi-hot", (t) => {
  t.is(infer(tf.zeros([5, 1]), 1), 'multiHot, batched');
  t.is(infer(tf.zeros([5, 2]), 1), 'multiHot, batched');
  t.is(infer(tf.tensor1d([1]), 1), 'integer');
  t.is(infer(tf.scalar(1), 1), 'integer');
  t.is(infer([0], 1), 'multiHot');
  t.is(infer([[0], [1]], 1), 'multiHot, batched');
  t.is(infer(tf.tensor1d([0, 0, 1, 0, 0]), 1), 'integer, batched');
  t.is(infer(Int32Array.of(0, 0, 1), 1, {}, 'maybe'), 'integer, batched');
  t.throws(() => infer(tf.tensor1d([0, 1]), 1), {message: /labels: 'integer'/});
  t.is(infer(tf.tensor1d([0, 1]), 1, {}, 'batch'), 'integer, batched');
});

test('with one class, a list of indices must be declared, as elsewhere 0 is no class', (t) => {
  for (const source of [[], [0, 0, 0], [[0], []], [[], []], [[0, 0, 0]]]) {
    t.throws(() => infer(source, 1), {message: /labels: 'list'/});
  }
  t.is(infer([], 1, {labels: 'list'}), 'list');
  t.is(infer([[0], []], 1, {labels: 'list'}), 'list, batched');
});

test('either option determines the other', (t) => {
  const ambiguous = tf.tensor1d([0, 1, 0]);
  t.is(infer(ambiguous, 3, {batched: true}), 'integer, batched');
  t.is(infer(ambiguous, 3, {labels: 'integer'}), 'integer, batched');
  t.is(infer(ambiguous, 3, {labels: 'list'}), 'list');
  t.is(infer(ambiguous, 3, {batched: false}), 'multiHot');
  t.is(infer([0, 2, 0], 3, {batched: true}), 'integer, batched');
  t.is(infer(tf.tensor1d([2, 0]), 3, {batched: false}), 'list');
  t.is(infer(tf.tensor1d([2]), 3, {batched: false}), 'integer');
  t.is(infer(tf.tensor1d([2]), 3, {labels: 'integer'}), 'integer');
  t.is(infer(tf.zeros([2, 3]), 3, {labels: 'oneHot'}), 'oneHot, batched');
  t.is(infer([[0, 1, 0]], 3, {labels: 'list'}), 'list, batched');
});

test('does not guess at one-hot labels of another width, which would be read as integers', (t) => {
  const sources = [
    tf.tensor1d([0, 0, 0, 0, 1]),
    Uint8Array.of(1, 0, 0),
    [0, 0, 1, 0, 0],
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
  ];
  for (const source of sources) {
    t.throws(() => infer(source, 10), {
      message: /of length 10 or 11 where they are one-hot.*labels: 'integer'/,
    });
  }
  t.is(infer(sources[0], 10, {labels: 'integer'}), 'integer, batched');
  t.is(infer(sources[2], 10, {labels: 'list'}), 'list');
  t.throws(() => infer(tf.zeros([2, 7]), 10), {message: /\[batch, 10\] or \[batch, 11\].*shape \[2, 7\]/});
});

test('exactly the ranks that a form can have pass', (t) => {
  const ranks = {0: 1, 1: [1, 1, 1], 2: [[1, 1, 1]]};
  const passing = (labels: 'integer' | 'oneHot' | 'multiHot' | 'list', batched: boolean) =>
    Object.entries(ranks)
      .filter(([, source]) => {
        try {
          checkElementForm(readLabelData(source), {labels, batched, inferred: false}, 3);
          return true;
        } catch {
          return false;
        }
      })
      .map(([rank]) => rank)
      .join();
  t.is(passing('integer', false), '0,1');
  t.is(passing('integer', true), '1,2');
  for (const labels of ['oneHot', 'multiHot', 'list'] as const) {
    t.is(passing(labels, false), '1');
    t.is(passing(labels, true), '2');
  }
});

test('a later contradiction is reported with how elements are read, and by which options', (t) => {
  const after = (first: unknown, options: LabelOptions = {}) =>
    new ClassFrequencyCounter({numClasses: 3, ...options}).add(first);
  t.throws(() => after(1).add(tf.tensor1d([1, 2])), {
    message:
      "Expected `labels` to be one integer for one image (labels: 'integer', batched: false, inferred from the " +
      'first element; set these options if it misled). Received: tensor of shape [2]',
  });
  t.throws(() => after([0, 1, 0]).add([2]), {message: /a multi-hot row of length 3 or 4 for one image/});
  t.throws(() => after([2]).add([[2]]), {message: /a list of integers for one image \(labels: 'list'/});
  t.throws(() => after([[2]]).add([2]), {message: /a list of integers for each image of a batch/});
  t.throws(() => after(tf.zeros([2, 3])).add(tf.zeros([2])), {
    message: /multi-hot row.*batched: true, inferred/,
  });
  t.throws(() => after(1, {labels: 'integer', batched: false}).add([1, 2]), {
    message: /\(labels: 'integer', batched: false\)\. Received/,
  });
  t.throws(() => after(1, {batched: true}), {message: /batched: true/});
});

test('a last, smaller batch is no contradiction', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 3});
  counter.add(tf.tensor1d([0, 2, 3, 1])).add(tf.tensor1d([2]));
  t.deepEqual(counter.imageCounts, Float64Array.of(1, 1, 2));
  t.is(counter.numImages, 5);
});

test('validates the options', (t) => {
  t.notThrows(() => validateLabelOptions({}));
  t.throws(() => validateLabelOptions({labels: 'onehot' as never}), {message: /`labels` to be 'integer', /});
  t.throws(() => validateLabelOptions({batched: 'yes' as never}), {message: /`batched`/});
});

test('infers the documented form of names, which are never a row of 0 and 1', (t) => {
  const classOf = classOfName(['cat', 'owl', 'yak']);
  const named = (source: unknown, evidence?: BatchEvidence, given: LabelOptions = {}) => {
    const data = readLabelData(source, undefined, classOf);
    const {labels, batched} = inferElementForm(data, 3, given, evidence);
    return `${labels}${batched ? ', batched' : ''}`;
  };
  const batch = tf.tensor1d(['cat', 'owl', 'cat']);
  t.is(named('owl'), 'integer');
  t.is(named(tf.scalar('owl')), 'integer');
  t.is(named(batch), 'integer, batched');
  t.is(named(batch, 'batch'), 'integer, batched');
  t.is(named(['cat', 'owl', 'cat']), 'list');
  t.is(named(['owl']), 'list');
  t.is(named(tf.tensor2d([['cat'], ['owl']])), 'integer, batched');
  t.is(named(tf.tensor2d([['cat', 'owl', 'cat']])), 'list, batched');
  t.is(named([['cat', 'owl', 'cat'], []]), 'list, batched');
  t.is(named(batch, 'one', {labels: 'list'}), 'list');
  t.throws(() => named(batch, 'one'), {message: /say `labels: 'list'`/});
});
