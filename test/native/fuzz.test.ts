import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../src';
import {fuzz} from '../helpers/fuzz';
import {useTfjsNode} from '../helpers/native';

const CASES = 2000;

test.before(useTfjsNode);

test.serial(`${CASES} batches of any shape, labels and draws agree with float64 (tfjs-node)`, (t) => {
  t.is(tf.getBackend(), 'tensorflow');
  const wrong: string[] = [];
  for (let seed = 0; seed < CASES; ++seed) {
    const found = fuzz(seed);
    if (found) wrong.push(found);
  }
  t.deepEqual(wrong.slice(0, 10), [], `${wrong.length} of ${CASES}`);
});
