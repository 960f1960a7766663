import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import type {LabelKind} from '../../../src/frequency';
import {readLabelData} from '../../../src/frequency/reading/label_data';
import {LabelScanner} from '../../../src/frequency/reading/label_scanner';

tf.enableProdMode();

function scan(source: unknown, labels: LabelKind, batched = false, numClasses = 3) {
  const scanner = new LabelScanner(numClasses);
  scanner.scan(readLabelData(source), {labels, batched, inferred: false});
  return {classes: scanner.hits.slice(0, scanner.numHits), images: scanner.numImages};
}

test('background is an image without a class, in every form', (t) => {
  const background = {classes: [], images: 1};
  t.deepEqual(scan(3, 'integer'), background);
  t.deepEqual(scan([3], 'list'), background);
  t.deepEqual(scan([], 'list'), background);
  t.deepEqual(scan([0, 0, 0], 'multiHot'), background);
  t.deepEqual(scan([0, 0, 0, 1], 'oneHot'), background);
  t.deepEqual(scan(tf.zeros([2, 4]), 'multiHot', true), {classes: [], images: 2});
  t.deepEqual(scan(tf.zeros([0, 3]), 'multiHot', true), {classes: [], images: 0});
  t.deepEqual(scan(tf.zeros([2, 0]), 'list', true), {classes: [], images: 2});
});

test('a class listed twice counts once for its image, but again for the next image', (t) => {
  t.deepEqual(scan([1, 2, 1, 1], 'list'), {classes: [1, 2], images: 1});
  t.deepEqual(scan([[1, 1], [1], [2, 1]], 'list', true), {classes: [1, 1, 2, 1], images: 3});
  const scanner = new LabelScanner(3);
  for (let element = 0; element < 2; ++element) {
    scanner.scan(readLabelData([1, 1]), {labels: 'list', batched: false, inferred: false});
    t.deepEqual(scanner.hits.slice(0, scanner.numHits), [1]);
  }
});

const outOfRange = [4, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY];
for (const value of outOfRange) {
  test(`rejects the label ${value} of 3 classes`, (t) => {
    const message = new RegExp(`integers from 0 to 2, or 3 for background. Received: ${value}$`);
    t.throws(() => scan(value, 'integer'), {message});
    t.throws(() => scan([0, value], 'list'), {message});
    t.throws(() => scan([0, value], 'integer', true), {message});
    t.throws(() => scan([[0], [1, value]], 'list', true), {message});
  });
}

test('rejects values that are not numbers', (t) => {
  t.throws(() => scan([1, '2'], 'list'), {message: /Received: "2"/});
  t.throws(() => scan(BigInt64Array.of(1n), 'integer'), {message: /integers from 0 to 2/});
  t.throws(() => scan([1, false, 0], 'multiHot'), {message: /0 or 1 throughout.*Received: false/});
});

test('rejects soft labels, and two classes in a one-hot row', (t) => {
  t.throws(() => scan([0.1, 0.9, 0], 'multiHot'), {message: /soft labels cannot be counted. Received: 0.1/});
  t.throws(() => scan([0, 2, 0], 'multiHot'), {message: /0 or 1 throughout/});
  t.throws(() => scan([0, 0, 0, Number.NaN], 'multiHot'), {message: /0 or 1 throughout/});
  t.throws(() => scan([1, 1, 0], 'oneHot'), {message: /one-hot, as `labels: 'oneHot'`/});
  t.throws(() => scan([1, 0, 0, 1], 'oneHot'), {message: /one-hot/});
});

test('rejects rows of another width', (t) => {
  t.throws(() => scan([0, 1], 'multiHot'), {message: /length 3 or 4/});
  t.throws(() => scan(tf.zeros([2, 5]), 'oneHot', true), {message: /length 3 or 4.*shape \[2, 5\]/});
  t.throws(() => scan([[0, 1, 0], [0]], 'multiHot', true), {message: /length 3 or 4/});
  t.throws(() => scan(tf.zeros([2, 2]), 'integer', true), {message: /one integer for each image/});
  t.throws(() => scan([], 'integer'), {message: /one integer for one image/});
});

test('with one class an integer is 1 for that class and 0 for none; lists still hold indices', (t) => {
  const one = (source: unknown, labels: LabelKind, batched = false) => scan(source, labels, batched, 1);
  t.deepEqual(one(1, 'integer'), {classes: [0], images: 1});
  t.deepEqual(one(0, 'integer'), {classes: [], images: 1});
  for (const batch of [
    [1, 0, 0, 1],
    tf.tensor1d([1, 0, 0, 1]),
    Uint8Array.of(1, 0, 0, 1),
    tf.tensor2d([1, 0, 0, 1], [4, 1]),
  ]) {
    t.deepEqual(one(batch, 'integer', true), {classes: [0, 0], images: 4});
  }
  for (const labels of ['multiHot', 'oneHot'] as const) {
    t.deepEqual(one(tf.tensor2d([1, 0, 0, 1], [4, 1]), labels, true), {classes: [0, 0], images: 4});
    t.deepEqual(one(tf.tensor2d([1, 0, 0, 1], [2, 2]), labels, true), {classes: [0], images: 2});
  }
  t.deepEqual(one([[0], [], [1]], 'list', true), {classes: [0], images: 3});
  for (const wrong of [2, -1, 0.5, Number.NaN]) {
    const message = new RegExp(`0 or 1 \\(the class\\) for numClasses = 1. Received: ${wrong}$`);
    t.throws(() => one(wrong, 'integer'), {message});
    t.throws(() => one([0, wrong], 'integer', true), {message});
  }
});
