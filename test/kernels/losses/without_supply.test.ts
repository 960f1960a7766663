import test from 'ava';
import {PROTOCOL} from '../../../src/core/across_copies';
import '../../../src/index.browser';
import {simdPasses} from '../../../src/kernels/losses/simd/passes';
import {useBackend} from '../../helpers/backends';
import {fuzz} from '../../helpers/fuzz';
import {hostKernelChecks} from '../../helpers/host_kernel_checks';

const CASES = 500;
const BACKENDS = ['cpu', 'wasm'] as const;

const wrongOf = () => Array.from({length: CASES}, (_, seed) => fuzz(seed)).filter((found) => found);

// What pages get from the main entry alone. The helpers import src/index.ts, so what that supplied is put aside first.
const supplied = Reflect.get(globalThis, Symbol.for(`tfjs-longtail.simdPasses.${PROTOCOL}`)) as {
  passes?: unknown;
};
const {passes} = supplied;

for (const backend of BACKENDS) {
  test.serial(`without the SIMD module, batches agree with float64 (${backend})`, async (t) => {
    await useBackend(backend);
    delete supplied.passes;
    t.is(simdPasses(), undefined);
    t.deepEqual(wrongOf(), []);
    for (const check of Object.values(hostKernelChecks)) check(t);
  });

  test.serial(`an entry point may supply it later (${backend})`, async (t) => {
    await useBackend(backend);
    supplied.passes = passes;
    t.true(simdPasses()?.hasSimd());
    t.deepEqual(wrongOf(), []);
  });
}
