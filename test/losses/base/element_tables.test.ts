import test from 'ava';
import {focusingTable, softmaxFocalTable} from '../../../src/losses/base/element_tables';

test('negatives are shifted with a clip, and not without', (t) => {
  const plain = focusingTable({gammaPositive: 1, gammaNegative: 2, negative: 0.75});
  t.is(plain?.formula, 'focal');
  t.deepEqual(plain?.numbers, [2, 1, 0.75, 1, 0]);
  const shifted = focusingTable({gammaPositive: 0, gammaNegative: 4, clip: 0.5});
  t.is(shifted?.formula, 'shifted');
  t.deepEqual(shifted?.numbers, [4, 0, 1, 1, 0.5]);
});

test('a division by 0, powers beyond float32, or a weight of 0, are left to the row formula', (t) => {
  t.is(focusingTable({gammaPositive: 0, gammaNegative: 0.5, clip: 0.1}), null);
  t.is(focusingTable({gammaPositive: 0, gammaNegative: 65, clip: 0.1}), null);
  t.not(focusingTable({gammaPositive: 0, gammaNegative: 64, clip: 0.1}), null);
  t.not(focusingTable({gammaPositive: 0, gammaNegative: 0.5}), null);
  t.is(softmaxFocalTable({gamma: 2, alpha: 0}), null);
  t.deepEqual(softmaxFocalTable({gamma: 2})?.numbers, [2, 1]);
});
