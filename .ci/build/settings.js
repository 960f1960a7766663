// Holds what the builds share: the entries, and the plugin that reads sources.
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
/** The source of package.json's `bin`. */
const program = 'cli/bin.ts';
const browserEntries = ['index.browser.ts', ...indices((name) => names[name] === 'everywhere')];

const common = {
  absWorkingDir: root,
  bundle: true,
  external: ['@tensorflow/*'],
  target: 'es2022',
  // package.json lists the files of dist with side effects; without this, esbuild assumes that src has none.
  ignoreAnnotations: true,
  logLevel: 'warning',
};
// Strips indentation and comments from shaders, which no minifier touches.
const SHADERS = /[\\/]src[\\/](kernels[\\/](losses[\\/])?web(gl|gpu)|losses)[\\/]/;
const bareShaders = (text) => text.replace(/\n\s*\/\/[^\n]*/g, '').replace(/\n\s+/g, '\n');
// Minify variable names, but keep class names, which consoles, debuggers and notebooks show.
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
// esbuild treats a file without exports as CommonJS, and then wraps each module it imports in a function.
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
 * Entries by the path that they have in dist: `{'kernels/wasm/index': 'src/kernels/wasm/index.ts'}`. Entries only for
 * browsers have the plain name.
 */
const entryPoints = (names) =>
  Object.fromEntries(names.map((name) => [name.replace(/(\.browser)?\.ts$/, ''), `src/${name}`]));

module.exports = {browserEntries, common, entries, entryPoints, program, root, sources, write};
