import {builds} from './builds';
import {demo} from './demo';
import {type BrowserSuite, checkPage} from './harness/check_page';

const BACKENDS = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;

// What is small stays on the GPU, too.
const onWebgl = {flags: {WEBGL_CPU_FORWARD: false}};
const onWebgpu = {flags: {WEBGPU_CPU_FORWARD: false}};

/** Everything that `npm run test:browser` runs. */
export const suites: BrowserSuite[] = [
  checkPage('fuzz', 'cpu'),
  checkPage('fuzz', 'wasm'),
  checkPage('fuzz', 'wasm', {threads: 2}),
  checkPage('fuzz', 'webgl', onWebgl),
  checkPage('fuzz', 'webgpu', onWebgpu),
  // The batches that Node.js runs too, for backends that are read synchronously.
  checkPage('batches', 'cpu'),
  checkPage('batches', 'wasm'),
  checkPage('batches', 'wasm', {threads: 2}),
  ...['losses', 'training'].flatMap((checks) => [
    ...BACKENDS.map((backend) => checkPage(checks, backend)),
    checkPage(checks, 'wasm', {threads: 2}),
    checkPage(checks, 'webgl', {composed: true}),
    checkPage(checks, 'webgpu', {composed: true}),
    checkPage(checks, 'webgl', {flags: {WEBGL_VERSION: 1}}),
  ]),
  checkPage('kernels', 'webgl', onWebgl),
  checkPage('kernels', 'webgpu', onWebgpu),
  checkPage('elements', 'webgl', onWebgl),
  checkPage('elements', 'webgpu', onWebgpu),
  checkPage('metrics', 'webgl', onWebgl),
  checkPage('metrics', 'webgpu', onWebgpu),
  checkPage('state', 'webgl', onWebgl),
  checkPage('state', 'webgpu', onWebgpu),
  checkPage('optimizers', 'webgl'),
  checkPage('optimizers', 'webgl', onWebgl),
  checkPage('optimizers', 'webgpu'),
  checkPage('optimizers', 'webgpu', onWebgpu),
  checkPage('context', 'webgl'),
  checkPage('context', 'webgl', onWebgl),
  checkPage('context', 'webgl', {flags: {WEBGL_VERSION: 1}}),
  builds,
  demo,
];
