import test from 'ava';
import {suppressionTensor} from '../../../../src/kernels/losses/composed/suppression';
import {useBackend} from '../../../helpers/backends';
import {drawing} from '../../../helpers/draws';

test.before(() => useBackend('cpu'));

test('one β for all scales T(f)', (t) => {
  const tensor = suppressionTensor({tail: Float64Array.of(1, 0, 0.25), beta: 0.5}, 4);
  t.deepEqual(tensor.shape, [1, 3]);
  t.deepEqual(Array.from(tensor.dataSync()), [0.5, 0, 0.125]);
});

test('drawn β mask T(f) element by element', (t) => {
  const tensor = suppressionTensor({tail: Float64Array.of(1, 0, 0.25), beta: drawing(1, 1, 0, 0, 1, 1)}, 2);
  t.deepEqual(tensor.shape, [2, 3]);
  t.deepEqual(Array.from(tensor.dataSync()), [1, 0, 0, 0, 0, 0.25]);
});

test('no rows', (t) => {
  t.deepEqual(suppressionTensor({tail: Float64Array.of(1, 0), beta: drawing()}, 0).shape, [0, 2]);
});
