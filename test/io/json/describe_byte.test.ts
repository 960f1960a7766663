import test from 'ava';
import {describeByte} from '../../../src/io/json/describe_byte';

test('shows printable bytes as characters, others as numbers, none as the end', (t) => {
  t.deepEqual([0x7d, 0x22, 0x0a, 0xff, 0x20, undefined].map(describeByte), [
    '"}"',
    '"\\""',
    'byte 0x0a',
    'byte 0xff',
    'byte 0x20',
    'the end of the file',
  ]);
});
