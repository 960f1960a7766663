import test from 'ava';
import {onHostBackend} from '../../src/core/host_backend';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

test.serial('cpu, wasm and tfjs-node are read synchronously, others are not', async (t) => {
  await useBackend('cpu');
  t.true(onHostBackend());
  await useBackend('wasm');
  t.true(onHostBackend());
  await useGpuLikeBackend();
  t.false(onHostBackend());
});
