// Builds dist/cjs.
const {chmodSync} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const {withOneImport} = require('./imports');
const {lazy} = require('./lazy');
const {bundleCommander, requirePeers} = require('./peers');
const {common, entries, entryPoints, program, root, sources, write} = require('./settings');
const {sharedModules, sharing, withShared} = require('./shared');

const namesIn = (list) => list.split(',').flatMap((name) => name.trim() || []);

/**
 * Converts an ES module from esbuild to CommonJS. esbuild's own conversion uses getters for each export and each call
 * of another file's function, and copies all of TensorFlow.js. As files have no cyclic imports, plain constants
 * suffice.
 */
function asCommonJs(text) {
  const code = text
    .replace(/^import \* as (\w+) from ("[^"]+");$/gm, 'const $1 = require($2);')
    .replace(/^import \{([^}]*)\} from ("[^"]+");$/gm, (_, list, file) => {
      const names = namesIn(list).map((name) => name.replace(' as ', ': '));
      return `const { ${names.join(', ')} } = require(${file});`;
    })
    .replace(/^import ("[^"]+");$/gm, 'require($1);')
    .replace(/\binTime\(import\(("\.[^"]+")\)\)/g, 'require($1)')
    // Not Node's import(), which test runners lack in CommonJS.
    .replace(/\bimport\(("\.[^"]+")\)/g, 'Promise.resolve().then(() => require($1))')
    .replace(/^export \{([^}]*)\};$/gm, (_, list) => {
      const pairs = namesIn(list).map((name) => name.split(' as '));
      const values = pairs.map(([name, exported]) => (exported ? `${exported}: ${name}` : name));
      // The second statement never runs: Node reads from it the names that an `import` may use.
      const exported = pairs.map((pair) => pair.at(-1)).join(', ');
      return `module.exports = { ${values.join(', ')} };\n0 && (module.exports = { ${exported} });`;
    });
  const left = code.match(/^(import|export) .*/m);
  if (left) throw new Error(`Expected no statement of ES modules. Received: ${left[0]}`);
  return code.replace(/^(#!.*\n)?/, '$1"use strict";\n');
}

const ownOptions = {...common, platform: 'node', packages: 'external', format: 'esm'};

/** The program asks for the main entry as users do. Were it a part of it, both would share one more file. */
const mainOfProgram = {
  name: 'main-of-program',
  setup(build) {
    build.onResolve({filter: /^\.\.\/index\.node$/}, ({path: file}) => ({
      path: `${file}.js`,
      external: true,
    }));
  },
};

async function buildCommonJs() {
  const outdir = path.join(root, 'dist/cjs');
  // Entries share common code, above all the registry. esbuild splits only ES modules.
  const shared = await sharedModules(ownOptions);
  const {outputFiles} = await esbuild.build({
    ...ownOptions,
    plugins: [
      lazy,
      sources(withShared(shared)),
      sharing(shared),
      mainOfProgram,
      requirePeers,
      bundleCommander,
    ],
    entryPoints: entryPoints([...entries, program]),
    splitting: true,
    outdir,
    write: false,
  });
  // Not minified, so that stack traces name functions.
  for (const {path: file, text} of outputFiles) write(file, asCommonJs(withOneImport(text)));
  chmodSync(path.join(root, 'dist/cjs', program.replace(/\.ts$/, '.js')), 0o755);
}

module.exports = {buildCommonJs};
