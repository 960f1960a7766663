import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, FocalLoss} from '../../src';
import {called, onFirstCall} from '../../src/core/first_call';

test.serial('a check sees the predictions of the first call only, of a loss or a metric', (t) => {
  const seen: unknown[] = [];
  const [labels, logits] = [tf.tensor2d([[0, 1]]), tf.tensor2d([[0, 1]])];
  for (const callable of [new FocalLoss(), new BalancedAccuracy()]) {
    onFirstCall((yPred) => seen.push(yPred));
    callable(labels, logits);
    callable(labels, tf.clone(logits));
  }
  t.deepEqual(seen, [logits, logits]);
  t.is(seen[0], logits);
});

test.serial('a call by the hook does not count', (t) => {
  let calls = 0;
  onFirstCall(() => ++calls);
  new FocalLoss().call(tf.tensor2d([[0, 1]]), tf.tensor2d([[0, 1]]));
  t.is(calls, 0);
  called(undefined);
  called(undefined);
  t.is(calls, 1);
});
