import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import test from 'ava';
import {run} from './io/files/start_saver';

interface Violation {
  from: string;
  to: string;
  rule: {name: string};
}

const ROOT = join(__dirname, '..');

/** What breaks a rule of `.dependency-cruiser.cjs` in `src` of each directory, and how many modules were looked at. */
async function cruise(directories: string[]) {
  const script = join(__dirname, 'helpers/cruise.mjs');
  const {output, errors} = await run(process.execPath, [script, ...directories], () => {}, ROOT);
  if (!output.startsWith('[')) throw new Error(errors || output);
  return (JSON.parse(output) as {violations: Violation[]; totalCruised: number}[]).map(
    ({violations, totalCruised}) => ({
      violations: violations.map(({rule, from, to}) => `${rule.name}: ${from} → ${to}`).sort(),
      totalCruised,
    }),
  );
}

test('src imports downwards only, without circles, and nothing that users do not have', async (t) => {
  const [{violations, totalCruised}] = await cruise([ROOT]);
  t.deepEqual(violations, []);
  t.true(totalCruised > 200);
});

const PEER = 'node_modules/peer/index.js';
const DEVELOPMENT = 'node_modules/development/index.js';
const PACKAGE = JSON.stringify({
  devDependencies: {development: '1', peer: '1'},
  peerDependencies: {peer: '1'},
  peerDependenciesMeta: {peer: {optional: true}},
});

/** Small houses, each with what breaks in it. */
const HOUSES: Record<string, {files: Record<string, string>; broken: string[]}> = {
  'imports downwards, of types, peers and modules of Node': {
    files: {
      'src/index.ts': "export * from './losses/a';",
      'src/losses/a.ts': "import 'peer'; import 'node:fs'; import '../core/b'; export type A = 1;",
      'src/core/b.ts': '',
      [PEER]: '',
    },
    broken: [],
  },
  'an import upwards': {
    files: {'src/core/a.ts': "import '../losses/b';", 'src/losses/b.ts': ''},
    broken: ['floor-of-core: src/core/a.ts → src/losses/b.ts'],
  },
  'an import upwards of a type': {
    files: {
      'src/labels/a.ts': "import type {B} from '../metrics/b'; export const b: B = 1;",
      'src/metrics/b.ts': 'export type B = 1;',
    },
    broken: ['floor-of-labels: src/labels/a.ts → src/metrics/b.ts'],
  },
  'an import of what is above all rooms': {
    files: {'src/metrics/a.ts': "import '../index';", 'src/index.ts': ''},
    broken: ['floor-of-metrics: src/metrics/a.ts → src/index.ts'],
  },
  'an import of more than core in io': {
    files: {'src/io/a.ts': "import '../labels/b';", 'src/labels/b.ts': ''},
    broken: ['floor-of-io: src/io/a.ts → src/labels/b.ts'],
  },
  'a room on no floor': {
    files: {'src/attic/a.ts': "import '../core/b';", 'src/core/b.ts': ''},
    broken: ['room-on-no-floor: src/attic/a.ts → src/core/b.ts'],
  },
  'mends of tfjs that know losses': {
    files: {'src/kernels/wasm/a.ts': "import '../losses/b';", 'src/kernels/losses/b.ts': ''},
    broken: ['wasm-knows-no-long-tails: src/kernels/wasm/a.ts → src/kernels/losses/b.ts'],
  },
  'an import from a program': {
    files: {'src/report/a.ts': "import '../../models/b';", 'models/b.ts': ''},
    broken: ['not-out-of-src: src/report/a.ts → models/b.ts'],
  },
  'an import that only development has': {
    files: {'src/core/a.ts': "import 'development';", [DEVELOPMENT]: ''},
    broken: [`no-development-dependency: src/core/a.ts → ${DEVELOPMENT}`],
  },
  'an import that package.json does not name': {
    files: {'src/core/a.ts': "import 'undeclared';", 'node_modules/undeclared/index.js': ''},
    broken: ['no-undeclared-dependency: src/core/a.ts → node_modules/undeclared/index.js'],
  },
  'a circle of types': {
    files: {
      'src/core/a.ts': "import type {B} from './b'; export type A = B;",
      'src/core/b.ts': "import type {A} from './a'; export type B = A;",
    },
    broken: ['no-circles: src/core/a.ts → src/core/b.ts'],
  },
};

function build({files}: {files: Record<string, string>}): string {
  const house = mkdtempSync(join(tmpdir(), 'tfjs-longtail-house-'));
  for (const [name, text] of Object.entries({'package.json': PACKAGE, ...files})) {
    mkdirSync(dirname(join(house, name)), {recursive: true});
    writeFileSync(join(house, name), text);
  }
  return house;
}

test('what breaks a rule is found', async (t) => {
  const houses = Object.values(HOUSES).map(build);
  t.teardown(() => {
    for (const house of houses) rmSync(house, {recursive: true});
  });
  const found = await cruise(houses);
  Object.entries(HOUSES).forEach(([what, {broken}], i) => {
    t.deepEqual(found[i].violations, broken, what);
  });
});
