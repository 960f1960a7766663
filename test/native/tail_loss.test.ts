import test from 'ava';
import '../../src';
import {hostKernelChecks} from '../helpers/host_kernel_checks';
import {useTfjsNode} from '../helpers/native';

test.before(useTfjsNode);

for (const [name, check] of Object.entries(hostKernelChecks)) test.serial(`${name} (tfjs-node)`, check);
