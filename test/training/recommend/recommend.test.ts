import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {
  AsymmetricLoss,
  ClassFrequency,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  LogitAdjustedLoss,
  type Recommendation,
  recommend,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
  tailRatio,
} from '../../../src';
import {useBackend} from '../../helpers/backends';

test.before(() => useBackend('cpu'));

const counted = (imageCounts: number[], numImages = imageCounts.reduce((a, b) => a + b, 0)) =>
  new ClassFrequency({imageCounts, numImages});

/** 10 classes, 400 … 4 images, no background. */
const images = counted([400, 240, 144, 86, 52, 31, 19, 11, 7, 4]);
/** Zipf's law, most samples background. */
const crops = counted(
  Array.from({length: 400}, (_, j) => Math.floor(4000 / (j + 1))),
  100_000,
);

test('ordinary image classes: logit adjustment with τ = 1, with the softmax form of EQL as an alternative', (t) => {
  const {task, loss, tau, lambda, postHoc, sampler, alternatives, reason} = recommend(images);
  t.is(task, 'classification');
  t.true(loss instanceof LogitAdjustedLoss);
  t.is((loss as LogitAdjustedLoss).tau, 1);
  t.deepEqual([tau, lambda, postHoc, sampler], [1, undefined, undefined, {name: 'uniform'}]);
  t.true(
    alternatives.some((other) => other.loss instanceof SoftmaxEqualizationLoss && other.loss.gamma === 0.9),
  );
  t.true(alternatives.some((other) => other.loss instanceof SoftmaxCrossEntropy && other.postHocTau === 1));
  t.regex(reason, /100 times as many images/);
});

test('detectors: EQL at a tail ratio of 3 %, with adjusted logits and repeat factors as alternatives', (t) => {
  const {task, loss, lambda, postHoc, prior, alternatives, reason} = recommend(crops, {background: true});
  t.is(task, 'detection');
  t.true(loss instanceof EqualizationLoss);
  t.is((loss as EqualizationLoss).lambda, lambda);
  const ratio = tailRatio(crops, lambda as number);
  t.true(ratio > 0.02 && ratio <= 0.03, `${ratio}`);
  t.is(postHoc, undefined);
  t.is(prior, 0.01);
  t.true(alternatives.some((other) => other.sampler?.name === 'repeatFactor'));
  t.true(alternatives.some((other) => other.postHocTau === 1 && other.loss instanceof SigmoidCrossEntropy));
  t.true(alternatives.some((other) => other.loss instanceof SeesawLoss));
  t.false(
    alternatives.some((other) => other.loss instanceof FocalLoss),
    'it lost on every group',
  );
  const offered = (numTrainingSteps: number) =>
    recommend(crops, {background: true, numTrainingSteps}).alternatives.some(
      (other) => other.loss instanceof EqualizationLossV2,
    );
  t.deepEqual([offered(5000), offered(90_000)], [false, true]);
  t.regex(reason, /2\.\d % of the labels/);
});

test('no class rare enough for a tail ratio of at most 10 %: no EQL', (t) => {
  const {loss, lambda} = recommend(counted([60, 30, 20], 400), {background: true});
  t.true(loss instanceof SigmoidCrossEntropy);
  t.is(lambda, undefined);
});

test('several labels, one logit, balanced data', (t) => {
  t.true(recommend(crops, {multiLabel: true}).loss instanceof AsymmetricLoss);
  t.true(recommend(crops, {multiLabel: true, background: true}).loss instanceof AsymmetricLoss);
  const binary = recommend(counted([20], 1000));
  t.is(binary.task, 'binary');
  t.true(binary.loss instanceof SigmoidCrossEntropy);
  t.is(binary.prior, 0.02);
  t.is(recommend([0.5]).prior, undefined);
  t.true(recommend(counted([50, 60, 70])).loss instanceof SoftmaxCrossEntropy);
  t.true(recommend(counted([50, 60, 70], 400), {background: true}).loss instanceof SigmoidCrossEntropy);
  t.true(recommend(counted([50, 60, 70]), {multiLabel: true}).loss instanceof SigmoidCrossEntropy);
});

test('warns of problems that no loss can solve', (t) => {
  const about = (imageCounts: number[], numImages?: number, options = {}) =>
    recommend(counted(imageCounts, numImages), options).warnings;
  t.deepEqual(about([400, 100, 50]), []);
  t.regex(about([400, 0, 50, 0])[0], /No images of classes 1, 3/);
  t.regex(about([400, 100, 9])[0], /Fewer than 10 images of class 2:/);
  t.regex(about([9, 3, 2]).join(), /Too few images: 14 labels for 3 classes/);
  t.regex(about([400, 100, 50], 500)[0], /multiLabel: true/);
  t.regex(about([400, 100, 50], 900)[0], /background: true/);
  t.deepEqual(about([400, 100, 50], 900, {background: true}), []);
  t.regex(recommend([0.5, 0.1]).warnings[0], /Only frequencies are known/);
});

test('any counts give objects that work, and no EQL without background', (t) => {
  const counts = fc.array(fc.oneof(fc.integer({min: 0, max: 5}), fc.integer({min: 0, max: 100_000})), {
    minLength: 1,
    maxLength: 40,
  });
  const options = fc.record(
    {background: fc.boolean(), multiLabel: fc.boolean(), numTrainingSteps: fc.integer({min: 1, max: 1e6})},
    {requiredKeys: []},
  );
  const works = (loss: Recommendation['loss'], classes: number): boolean =>
    tf.tidy(() => {
      const width = loss instanceof SeesawLoss ? classes + 2 : classes;
      const labels = classes === 1 ? tf.tensor2d([[1], [0]]) : tf.tensor1d([0, 1], 'int32');
      return loss(labels, tf.zeros([2, width]))
        .dataSync()
        .every((value) => Number.isFinite(value) && value >= 0);
    });
  fc.assert(
    fc.property(counts, options, fc.boolean(), (imageCounts, given, asFrequencies) => {
      const numImages = Math.max(1, ...imageCounts);
      const freqInfo = asFrequencies
        ? imageCounts.map((count) => count / numImages)
        : new ClassFrequency({imageCounts, numImages});
      if (imageCounts.every((count) => count === 0)) {
        // Of one class it means that nothing is positive.
        t.throws(() => recommend(freqInfo, given), {message: /`freqInfo`/});
        return;
      }
      const made = recommend(freqInfo, given);
      const losses = [made.loss, ...made.alternatives.map(({loss}) => loss)];
      t.true(losses.every((loss) => works(loss, imageCounts.length)));
      if (!given.background) t.false(losses.some((loss) => loss instanceof EqualizationLoss));
      if (made.lambda !== undefined) {
        const ratio = tailRatio(freqInfo, made.lambda);
        t.true(ratio > 0 && ratio <= 0.1);
      }
      const texts = [made.reason, ...made.warnings, ...made.alternatives.map(({reason}) => reason)];
      t.true(
        texts.every((text) => /^[A-Z0-9].*\.$/.test(text) && !/NaN|undefined|Infinity/.test(text)),
        texts.join('\n'),
      );
    }),
    {numRuns: 200},
  );
});

test('unknown options are rejected', (t) => {
  for (const [options, message] of [
    [{backgroud: true}, /"backgroud".*"background"/],
    [{background: 1}, /`background`/],
    [{multiLabel: 'no'}, /`multiLabel`/],
    [{numTrainingSteps: 0}, /`numTrainingSteps`/],
  ] as Array<[never, RegExp]>) {
    t.throws(() => recommend(images, options), {message, name: 'ValueError'});
  }
});
