import test from 'ava';
import {ValueError} from '../../../src';
import {EmptyClassError} from '../../../src/io/datasets/empty_class_error';

const folders = (count: number) => Array.from({length: count}, (_, i) => ({folder: `c${i + 1}`}));

test('up to five classes without images are named, and how many there are beyond', (t) => {
  const five = new EmptyClassError('birds', folders(5));
  t.true(five instanceof ValueError);
  t.regex(
    five.message,
    /Expected each class of birds .*Received: none in c1, c2, c3, c4, c5 \(`allowEmpty` keeps/,
  );
  t.regex(new EmptyClassError('birds', folders(1), '--keep').message, /none in c1 \(--keep keeps/);
  t.regex(new EmptyClassError('birds', folders(6)).message, /none in c1, c2, c3, c4, c5, … 6 in all \(/);
});
