// Writes `exports` and `typesVersions` of package.json for the entries of entries.js.
const {readFileSync, writeFileSync} = require('node:fs');
const path = require('node:path');
const entries = require('./entries');
const folderOf = require('./folder_of');

const file = path.join(__dirname, '../package.json');

// On Node, imports get CommonJS too, so that a program using both has one copy.
function conditions(types, node, browser) {
  const commonJs = {types: `./dist/types/${types}.d.ts`, default: `./dist/cjs/${node}.js`};
  if (browser === undefined) return commonJs;
  return {
    node: commonJs,
    import: {types: `./dist/types/${types}.d.mts`, default: `./dist/esm/${browser}.mjs`},
    default: {types: `./dist/types/${types}.d.ts`, default: `./dist/cjs/${browser}.js`},
  };
}

/** Returns package.json with up-to-date exports. */
function withExports(manifest) {
  const exports = {'.': conditions('index.node', 'index.node', 'index')};
  const typesVersions = {};
  for (const [name, where] of Object.entries(entries)) {
    const index = `${folderOf(name)}/index`;
    exports[`./${name}`] = conditions(index, index, where === 'everywhere' ? index : undefined);
    typesVersions[name] = [`./dist/types/${index}.d.ts`];
  }
  exports['./dist/tfjs-longtail.min.js'] = './dist/tfjs-longtail.min.js';
  exports['./package.json'] = './package.json';
  return {...manifest, exports, typesVersions: {'*': typesVersions}};
}

function writeExports() {
  const text = readFileSync(file, 'utf8');
  const next = `${JSON.stringify(withExports(JSON.parse(text)), null, 2)}\n`;
  if (next !== text) writeFileSync(file, next);
}

module.exports = {withExports, writeExports};
