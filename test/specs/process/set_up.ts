import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import {setTestEnvs} from '@tensorflow/tfjs-core/dist/jasmine_util';
import {boot} from 'jasmine-core';
import {registerWasmTrainingKernels} from '../../../src/kernels/wasm/register';
import type {Setting} from '../setting';

// Has to be evaluated before the specs are.
export const setting: Setting = JSON.parse(process.argv[2]);
export const jasmine = boot();
jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;
setWasmPaths(setting.wasmPath);
setTestEnvs([{name: 'wasm', backendName: 'wasm', isDataSync: true}]);
if (setting.kernels === 'ours') registerWasmTrainingKernels();
