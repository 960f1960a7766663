import test from 'ava';
import '../../../../src';
import {useBackend} from '../../../helpers/backends';
import {hostKernelChecks} from '../../../helpers/host_kernel_checks';

test.before(() => useBackend('cpu'));

for (const [name, check] of Object.entries(hostKernelChecks)) test.serial(`${name} (cpu)`, check);
