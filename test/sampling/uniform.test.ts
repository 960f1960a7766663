import test from 'ava';
import {uniform} from '../../src/sampling/uniform';
import {chiSquareP} from '../helpers/chi_square';
import {orderOf} from '../helpers/sampling';

test('shows every image once per epoch', (t) => {
  const order = orderOf(uniform, new Array(50).fill(0), 50, 2);
  t.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({length: 50}, (_, i) => i),
  );
});

test('each image is in each place equally often', (t) => {
  const counts = new Array<number>(25).fill(0);
  for (let epoch = 0; epoch < 5000; ++epoch) {
    orderOf(uniform, [0, 0, 0, 0, 0], 5, 2, epoch).forEach(
      (image, place) => void ++counts[5 * place + image],
    );
  }
  t.true(chiSquareP(counts, new Array(25).fill(1 / 25)) > 0.01);
});
