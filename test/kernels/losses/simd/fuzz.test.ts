import test from 'ava';
import '../../../../src';
import {useBackend} from '../../../helpers/backends';
import {fuzz} from '../../../helpers/fuzz';

const CASES = 10_000;

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `${CASES} batches of any shape, labels and draws agree with float64 (${backend})`,
    async (t) => {
      await useBackend(backend);
      const wrong: string[] = [];
      for (let seed = 0; seed < CASES; ++seed) {
        const found = fuzz(seed);
        if (found) wrong.push(found);
      }
      t.deepEqual(wrong.slice(0, 10), [], `${wrong.length} of ${CASES}`);
    },
  );
}
