import test from 'ava';
import '../../../../src';
import {useBackend} from '../../../helpers/backends';
import {hostKernelChecks} from '../../../helpers/host_kernel_checks';

test.before(() => useBackend('wasm'));

for (const [name, check] of Object.entries(hostKernelChecks)) test.serial(`${name} (wasm)`, check);
