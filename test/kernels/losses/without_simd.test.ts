import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src';
import {blockPass} from '../../../src/kernels/losses/simd/block_pass';
import {simdModule} from '../../../src/kernels/losses/simd/module';
import {useBackend} from '../../helpers/backends';
import {fuzz} from '../../helpers/fuzz';
import {hostKernelChecks} from '../../helpers/host_kernel_checks';

const CASES = 2000;

// An engine without SIMD, as tfjs's wasm backend and the kernels find out, each at its first use.
test.before(() => {
  WebAssembly.validate = () => false;
});

test.serial('there is no module, and no pass by it', (t) => {
  t.is(simdModule(new WebAssembly.Memory({initial: 1, maximum: 1})), null);
  const labels = {form: 'index' as const, values: Int32Array.of(0), rows: 1, classes: 2, stride: 1};
  const suppression = {tail: new Float64Array(2), beta: 1};
  const out = new Float32Array(2);
  t.is(blockPass('sigmoid', new Float32Array(2), labels, suppression, 1, out), null);
  t.deepEqual(out, new Float32Array(2));
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`${CASES} batches agree with float64 as they do with SIMD (${backend})`, async (t) => {
    await useBackend(backend);
    if (backend === 'wasm') t.false(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'));
    const wrong: string[] = [];
    for (let seed = 0; seed < CASES; ++seed) {
      const found = fuzz(seed);
      if (found) wrong.push(found);
    }
    t.deepEqual(wrong.slice(0, 10), [], `${wrong.length} of ${CASES}`);
  });

  for (const [name, check] of Object.entries(hostKernelChecks)) {
    test.serial(`${name} (${backend}, without SIMD)`, async (t) => {
      await useBackend(backend);
      check(t);
    });
  }
}
