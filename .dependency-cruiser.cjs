// The floors of the house, for `test/house.test.ts`, or by hand: npx depcruise src --config

/** From the bottom up. A room imports only from itself and from rooms before it. */
const FLOORS = [
  'core',
  'labels',
  'frequency',
  'kernels',
  'losses',
  'metrics',
  'sampling',
  'serialization',
  'training',
  'detection',
  'io/datasets',
  'report',
  'notebook',
  'cli',
];
/** Beyond the rooms below: the command line uses the package as users do; data sets are read from files. */
const MORE = {cli: ['^src/index\\.node\\.ts$'], 'io/datasets': ['^src/io/(files|json)/']};
/** Rooms beside the stairs, by the rooms that they may import from. */
const ASIDE = {io: ['core']};

/** The build puts these into the files that use them. */
const BUILT_IN = '(^|/)node_modules/commander/';

const anyOf = (names) => `^src/(${names.join('|')})/`;

const floors = FLOORS.map((room, floor) => ({
  name: `floor-of-${room}`,
  comment: `src/${room} imports only from rooms below it.`,
  severity: 'error',
  from: {path: anyOf([room])},
  to: {path: '^src/', pathNot: [anyOf(FLOORS.slice(0, floor + 1)), ...(MORE[room] ?? [])]},
}));

const aside = Object.entries(ASIDE).map(([room, below]) => ({
  name: `floor-of-${room}`,
  comment: `src/${room} imports only from ${below.join(' and ')}.`,
  severity: 'error',
  from: {path: anyOf([room]), pathNot: anyOf(FLOORS)},
  to: {path: '^src/', pathNot: anyOf([room, ...below])},
}));

module.exports = {
  forbidden: [
    ...floors,
    ...aside,
    {
      name: 'room-on-no-floor',
      comment: 'Every folder of src is a room that FLOORS or ASIDE places.',
      severity: 'error',
      from: {path: '^src/[^/]+/', pathNot: anyOf([...FLOORS, ...Object.keys(ASIDE)])},
      to: {},
    },
    {
      name: 'wasm-knows-no-long-tails',
      comment:
        'What mends the backends of tfjs is of use without the losses; the entry brings these their SIMD module.',
      severity: 'error',
      from: {path: '^src/kernels/(wasm|cpu|host|webgl)/', pathNot: '^src/kernels/wasm/index\\.ts$'},
      to: {path: '^src/(?!kernels/|core/)|^src/kernels/losses/'},
    },
    {
      name: 'not-out-of-src',
      comment: 'Programs, pages, notebooks and tests use src; src knows none of them.',
      severity: 'error',
      from: {path: '^src/'},
      to: {pathNot: '^src/|(^|/)node_modules/', dependencyTypesNot: ['core']},
    },
    {
      name: 'no-development-dependency',
      comment: 'Users do not have what only development installs.',
      severity: 'error',
      from: {path: '^src/'},
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm-peer', 'npm-optional', 'type-only'],
        pathNot: BUILT_IN,
      },
    },
    {
      name: 'built-in-for-the-command-line',
      comment: 'What the build puts into the command line is not for the rooms below.',
      severity: 'error',
      from: {path: '^src/', pathNot: anyOf(['cli'])},
      to: {path: BUILT_IN},
    },
    {
      name: 'no-undeclared-dependency',
      comment: 'What src imports stands in package.json.',
      severity: 'error',
      from: {path: '^src/'},
      // An optional peer is npm-no-pkg too, because of the `optional` that peerDependenciesMeta says of it.
      to: {dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'], dependencyTypesNot: ['npm-peer']},
    },
    {
      name: 'no-circles',
      comment: 'Imports, of types too, never lead back to where they started.',
      severity: 'error',
      from: {},
      to: {circular: true},
    },
  ],
  options: {
    // Imports of types alone count too.
    tsPreCompilationDeps: true,
    doNotFollow: {path: 'node_modules'},
    preserveSymlinks: true,
    // AssemblyScript, which has a compiler and modules of its own.
    exclude: {path: '^src/kernels/(losses|wasm)/simd/assembly/'},
  },
};
