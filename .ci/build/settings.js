// What the builds have in common: their entries, and how a source is read.
const {mkdirSync, readFileSync, writeFileSync} = require('node:fs');
const path = require('node:path');
const names = require('../entries');
const folderOf = require('../folder_of');

const root = path.join(__dirname, '../..');
const indices = (isWanted) =>
  Object.keys(names)
    .filter(isWanted)
    .map((name) => `${folderOf(name)}/index.ts`);
const entries = ['index.browser.ts', 'index.node.ts', ...indices(() => true)];
/** What package.json's `bin` runs. */
const program = 'cli/bin.ts';
const browserEntries = ['index.browser.ts', ...indices((name) => names[name] === 'everywhere')];

const common = {
  absWorkingDir: root,
  bundle: true,
  external: ['@tensorflow/*'],
  target: 'es2022',
  // package.json names the files of dist that have side effects; without this esbuild takes src for free of any.
  ignoreAnnotations: true,
  logLevel: 'warning',
};
// Shaders are text that no minifier looks into: without indentation and comments.
const SHADERS = /[\\/]src[\\/](kernels[\\/](losses[\\/])?web(gl|gpu)|losses)[\\/]/;
const bareShaders = (text) => text.replace(/\n\s*\/\/[^\n]*/g, '').replace(/\n\s+/g, '\n');
// Short names are for variables: what consoles, debuggers and notebooks call an object is its class's name.
const textsOf = (file) => {
  const text = readFileSync(path.join(root, 'src', file), 'utf8');
  const others = [...text.matchAll(/export \* from '(.+)'/g)];
  return [text, ...others.flatMap(([, other]) => textsOf(`${path.join(path.dirname(file), other)}.ts`))];
};
const exported = entries.flatMap(textsOf).flatMap((text) => text.match(/(?<!type )\b[A-Z]\w+/g));
function withClassName(text) {
  const [head, name] = text.match(/^export (?:abstract )?class (\w+)[^{]*\{/m) ?? [];
  return exported.includes(name) ? text.replace(head, `${head} static name = '${name}';`) : text;
}
// A file without an export is CommonJS to esbuild, which then wraps each module that it imports into a function.
const asModule = (text) => (/^export /m.test(text) ? text : `${text}\nexport {};`);
/** A plugin that reads the sources. `change` gets the text of each, and its file. */
const sources = (change = (text) => text) => ({
  name: 'sources',
  setup(build) {
    build.onLoad({filter: /[\\/]src[\\/].*\.ts$/}, ({path: file}) => {
      const text = asModule(withClassName(readFileSync(file, 'utf8')));
      return {contents: change(SHADERS.test(file) ? bareShaders(text) : text, file), loader: 'ts'};
    });
  },
});

function write(file, text) {
  mkdirSync(path.dirname(file), {recursive: true});
  writeFileSync(file, text);
}

/**
 * Entries by the path that they have in dist: `{'kernels/wasm/index': 'src/kernels/wasm/index.ts'}`. What is for browsers
 * alone has the plain name.
 */
const entryPoints = (names) =>
  Object.fromEntries(names.map((name) => [name.replace(/(\.browser)?\.ts$/, ''), `src/${name}`]));

module.exports = {browserEntries, common, entries, entryPoints, program, root, sources, write};
