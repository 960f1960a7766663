import {builds} from './builds';
import {demo} from './demo';
import {type BrowserSuite, checkPage} from './harness/check_page';

const BACKENDS = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;

/** Everything that `npm run test:browser` runs. */
export const suites: BrowserSuite[] = [
  ...BACKENDS.map((backend) => checkPage('fuzz', backend)),
  checkPage('fuzz', 'wasm', {threads: 2}),
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
  checkPage('kernels', 'webgl'),
  checkPage('kernels', 'webgpu'),
  builds,
  demo,
];
