import test from 'ava';
import {decode, LETTERS} from '../../src/kernels/decode';

const last = LETTERS.length - 1;

test('decode reads one letter for each byte from 253 to 83, and two for others', (t) => {
  t.is(LETTERS.length, 89);
  t.is(new Set(LETTERS).size, LETTERS.length);
  t.deepEqual([...decode('!')], [253]);
  t.deepEqual([...decode(LETTERS.slice(0, 5))], [253, 254, 255, 0, 1]);
  t.deepEqual([...decode(LETTERS[last - 2])], [83]);
  t.deepEqual([...decode(`${LETTERS[last - 1]}!`)], [84]);
  t.deepEqual([...decode(`${LETTERS[last - 1]}${LETTERS[last]}`)], [172]);
  t.deepEqual([...decode(`${LETTERS[last]}!`)], [173]);
  t.deepEqual([...decode(`!${LETTERS[last]}${LETTERS[79]}!`)], [253, 252, 253]);
  t.deepEqual([...decode('')], []);
});
