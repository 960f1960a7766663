import test from 'ava';
import {EqualizationLoss, EqualizationLossV2, type Loss, SeesawLoss} from '../../src';
import {readClassWeight} from '../../src/serialization/class_weights';
import type {ModelInternals} from '../../src/serialization/model_internals';

const loss = new EqualizationLoss({lambda: 0, freqInfo: [0.5, 0.5]});

function read(
  outputs: Record<string, [shape: Array<number | null>, loss?: Loss]>,
  classWeight: unknown,
): {own: Array<number[] | undefined>; others: unknown} {
  const model = {
    outputNames: Object.keys(outputs),
    internalOutputShapes: Object.values(outputs).map(([shape]) => shape),
  } as unknown as ModelInternals;
  const losses = Object.values(outputs).map(([, own]) => own);
  const {own, others} = readClassWeight(model, losses, classWeight);
  return {own: own.map((weights) => weights && Array.from(weights)), others};
}

const ONE = {a: [[null, 3], loss]} as Record<string, [Array<number | null>, Loss]>;
const BINARY = {a: [[null, 1], loss]} as Record<string, [Array<number | null>, Loss]>;
const TWO = {a: [[null, 3], loss], b: [[null, 2]]} as Record<string, [Array<number | null>, Loss?]>;

test('one output: weights by class, the last for background, 1 by default', (t) => {
  for (const form of [{0: 4, 1: 5, 2: 6}, [{0: 4, 1: 5, 2: 6}], {a: {0: 4, 1: 5, 2: 6}}, [4, 5, 6]]) {
    t.deepEqual(read(ONE, form), {own: [[4, 5, 6, 1]], others: undefined});
  }
  t.deepEqual(read(ONE, {0: 4, 1: 5, 2: 6, 3: 7}).own, [[4, 5, 6, 7]]);
  t.deepEqual(read(ONE, {0: 0, 1: 0, 2: 0, 3: 0}).own, [[0, 0, 0, 0]]);
  t.deepEqual(read(ONE, []), {own: [undefined], others: undefined});
});

test('asks for no weights of the logits of objectness', (t) => {
  const seesaw = new SeesawLoss({numClasses: 3, objectness: true});
  const eqlV2 = new EqualizationLossV2({numClasses: 3, objectness: true});
  for (const outputs of [{a: [[null, 5], seesaw]}, {a: [[null, 4], eqlV2]}] as Parameters<typeof read>[0][]) {
    t.deepEqual(read(outputs, {0: 4, 1: 5, 2: 6}).own, [[4, 5, 6, 1]]);
    t.deepEqual(read(outputs, {0: 4, 1: 5, 2: 6, 3: 7}).own, [[4, 5, 6, 7]]);
    t.throws(() => read(outputs, {0: 4, 1: 5, 2: 6, 3: 7, 4: 8}), {message: /0 … 3 .*unknown: 4/});
  }
});

test('one logit: 0 is the weight of a negative, 1 of a positive', (t) => {
  t.deepEqual(read(BINARY, {0: 2, 1: 9}).own, [[9, 2]]);
  t.deepEqual(read(BINARY, {1: 9}).own, [[9, 1]]);
  t.throws(() => read(BINARY, {0: 2}), {message: /`classWeight`.*output 'a'; missing: 1\./});
  t.throws(() => read(BINARY, {0: 1, 1: 2, 2: 3}), {
    message: /0 \(negative\) and 1 \(positive\).*unknown: 2/,
  });
});

test('several outputs: arrays and dictionaries, leaving other losses to tfjs', (t) => {
  const [forA, forB] = [{0: 4, 1: 5, 2: 6}, {0: 1}];
  for (const form of [[forA, forB], {a: forA, b: forB}, {b: forB, a: forA}]) {
    t.deepEqual(read(TWO, form), {own: [[4, 5, 6, 1], undefined], others: [null, forB]});
  }
  t.deepEqual(read(TWO, {a: forA}), {own: [[4, 5, 6, 1], undefined], others: undefined});
  t.deepEqual(read(TWO, {b: forB}), {own: [undefined, undefined], others: [null, forB]});
});

test('names missing and unknown classes and outputs', (t) => {
  const refused = (outputs: Parameters<typeof read>[0], form: unknown, message: RegExp) =>
    t.throws(() => read(outputs, form), {message, name: 'ValueError'});
  refused(
    ONE,
    {1: 2},
    /Expected `classWeight` to be a weight for every class for output 'a'; missing: 0, 2\./,
  );
  refused(ONE, {0: 1, 1: 1, 2: 1, 4: 1}, /about the classes 0 … 3 \(background\).*unknown: 4/);
  refused(ONE, {0: 1, 1: 1, 2: 1, cat: 1}, /unknown: cat/);
  refused(ONE, {0: 1, 1: Number.NaN, 2: 1}, /`classWeight\[1\]` to be a finite number.*Received: NaN/);
  refused(ONE, {0: 1, 1: 1, 2: '3'}, /`classWeight\[2\]`.*Received: "3"/);
  refused(ONE, 3, /Expected `classWeight` to be an object/);
  refused(ONE, {a: 3}, /Expected `classWeight` to be an object/);
  refused(TWO, {0: 1, 1: 1, 2: 1}, /dictionary by output: a, b/);
  refused(TWO, [{0: 1}], /an array of 2/);
  refused(TWO, {a: {0: 1}, b: {0: 1}}, /output 'a'; missing: 1, 2/);
  refused(
    {a: [[null, 4, 3], loss]},
    {0: 1, 1: 1, 2: 1},
    /left out for output 'a', whose samples \[batch, 4, 3\]/,
  );
});

test("names a negative or non-finite weight, whatever the output's loss", (t) => {
  for (const wrong of [-1, -1e-9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const refused = (outputs: Parameters<typeof read>[0], form: unknown, key: number, output: string) => {
      const {message} = t.throws(() => read(outputs, form), {name: 'ValueError'});
      const wanted = `\`classWeight[${key}]\` to be a finite number ≥ 0 for output '${output}'. Received: ${wrong}`;
      t.is(message, `Expected ${wanted}`);
    };
    for (const form of [{0: 1, 1: wrong, 2: 1}, [{0: 1, 1: wrong, 2: 1}], {a: {0: 1, 1: wrong, 2: 1}}]) {
      refused(ONE, form, 1, 'a');
    }
    refused(ONE, {0: 1, 1: 1, 2: 1, 3: wrong}, 3, 'a');
    refused(ONE, [1, 1, wrong], 2, 'a');
    refused(BINARY, {0: wrong, 1: 1}, 0, 'a');
    refused(TWO, {a: {0: 1, 1: 1, 2: wrong}}, 2, 'a');
    refused(TWO, {a: {0: 1, 1: 1, 2: 1}, b: {0: wrong, 1: 1}}, 0, 'b');
  }
});
