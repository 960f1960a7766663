import {crc32 as reference} from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import {crc32} from '../../src/core/crc32';

test("gives the check value of the standard, and equals zlib's for any bytes, whole or in parts", (t) => {
  t.is(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), fc.nat({max: 200}), (bytes, cut) => {
      const expected = reference(bytes);
      return (
        crc32(bytes) === expected && crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut))) === expected
      );
    }),
  );
  t.pass();
});
