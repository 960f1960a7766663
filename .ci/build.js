// Builds the package: types (dist/types) with tsc; CommonJS (dist/cjs), the browser's ES modules (dist/esm) and the one
// file for a script tag (dist/tfjs-longtail.min.js) with esbuild and Vite's minifier. Exits with a nonzero code if a
// step fails.
const {execFileSync} = require('node:child_process');
const {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const root = path.join(__dirname, '..');
const names = require('./entries');
const folderOf = require('./folder_of');
const {writeExports} = require('./write_exports');

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
const sources = {
  name: 'sources',
  setup(build) {
    build.onLoad({filter: /[\\/]src[\\/].*\.ts$/}, ({path: file}) => {
      const text = asModule(withClassName(readFileSync(file, 'utf8')));
      return {contents: SHADERS.test(file) ? bareShaders(text) : text, loader: 'ts'};
    });
  },
};
common.plugins = [sources];

// The neutral platform lacks Node's modules: importing one fails the build.
const forBrowsers = {...common, platform: 'neutral'};

/** Minifies with Vite's minifier, whose names compress better than esbuild's. */
async function minified(code, options = {module: true}) {
  const {minify} = await import('vite');
  const {code: text, errors} = await minify('tfjs-longtail.js', code, {
    ...options,
    compress: {target: 'es2022'},
    mangle: {toplevel: options.module},
  });
  if (errors.length > 0) throw new Error(errors[0].message);
  return text;
}

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

// Writes a second declaration beside each, for ES modules, whose imports name full files.
function writeModuleTypes(file) {
  const text = readFileSync(file, 'utf8').replace(
    /((?:from |import |import\()')(\.[^']+)(?=')/g,
    (_, start, module) => {
      const isFolder = !existsSync(path.join(path.dirname(file), `${module}.d.ts`));
      return `${start}${module}${isFolder ? '/index' : ''}.mjs`;
    },
  );
  writeFileSync(file.replace(/\.d\.ts$/, '.d.mts'), text);
}

function buildTypes() {
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const args = [tsc, '-p', 'src/tsconfig.json', '--emitDeclarationOnly'];
  execFileSync(process.execPath, args, {cwd: root, stdio: 'inherit'});
  // Removes declarations that no entry reaches.
  const directory = path.join(root, 'dist/types');
  const reached = new Set();
  const reach = (module) => {
    const file = [`${module}.d.ts`, path.join(module, 'index.d.ts')].find(existsSync);
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, next] of readFileSync(file, 'utf8').matchAll(/(?:from |import |import\()'(\.[^']+)'/g)) {
      reach(path.join(path.dirname(file), next));
    }
  };
  for (const entry of entries) reach(path.join(directory, entry.replace(/\.ts$/, '')));
  for (const entry of readdirSync(directory, {recursive: true, withFileTypes: true})) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    if (reached.has(file)) writeModuleTypes(file);
    else rmSync(file);
  }
}

// Shared code loads before an entry's own, so a missing peer is reported where it is used.
const requirePeers = {
  name: 'require-peers',
  setup(build) {
    const filter = /^(@observablehq\/plot|linkedom)$/;
    build.onResolve({filter}, ({path, namespace}) =>
      namespace === 'peer' ? {path, external: true} : {path, namespace: 'peer'},
    );
    build.onLoad({filter, namespace: 'peer'}, ({path}) => ({
      contents: `
        try {
          module.exports = require('${path}');
        } catch (error) {
          if (error.code === 'MODULE_NOT_FOUND')
            throw new Error('tfjs-longtail draws with ${path}: npm install @observablehq/plot linkedom');
          if (error.code === 'ERR_REQUIRE_ESM')
            throw new Error('tfjs-longtail/notebook and /report need Node 20.19 or newer, which can require() ${path}.');
          throw error;
        }`,
    }));
  },
};

// The command line bundles its parser, with its license, so that the package has no dependencies.
const bundleCommander = {
  name: 'bundle-commander',
  setup(build) {
    const folder = path.dirname(require.resolve('commander'));
    const license = readFileSync(path.join(folder, 'LICENSE'), 'utf8').trim();
    build.onResolve({filter: /^commander$/}, () => ({path: path.join(folder, 'index.js')}));
    build.onLoad({filter: /[\\/]commander[\\/]index\.js$/}, ({path: file}) => ({
      contents: `/*! commander\n\n${license} */\n${readFileSync(file, 'utf8')}`,
      loader: 'js',
    }));
  },
};

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

async function buildCommonJs() {
  const outdir = path.join(root, 'dist/cjs');
  // Entries share common code, above all the registry. esbuild splits only ES modules.
  const {outputFiles} = await esbuild.build({
    ...common,
    plugins: [...common.plugins, requirePeers, bundleCommander],
    platform: 'node',
    packages: 'external',
    entryPoints: entryPoints([...entries, program]),
    splitting: true,
    format: 'esm',
    outdir,
    write: false,
  });
  // Not minified, so that stack traces name functions.
  for (const {path: file, text} of outputFiles) write(file, asCommonJs(text));
  chmodSync(path.join(root, 'dist/cjs', program.replace(/\.ts$/, '.js')), 0o755);
}

// esbuild keeps each module's own import of TensorFlow.js, under a name that occurs nowhere else in the file. Replaces
// those names by `nameOf` of the package, and removes the import statements.
function withoutImports(text, statement, nameOf) {
  const names = new Map();
  const rest = text.replace(statement, (_, name, module) => {
    names.set(name, nameOf(module));
    return '';
  });
  return rest.replace(/\b(?:tf[cl]|import_tfjs_[a-z]+)\d*\b/g, (name) => names.get(name) ?? name);
}

function withOneImport(text) {
  const packages = new Map();
  const nameOf = (module) => {
    const name = `tensorflow_${module.replace(/\W/g, '_')}`;
    packages.set(module, name);
    return name;
  };
  const rest = withoutImports(text, /^import \* as (\w+) from "(@tensorflow\/.+)";\n/gm, nameOf);
  const imports = [...packages].map(([module, name]) => `import * as ${name} from "${module}";\n`);
  return imports.join('') + rest;
}

async function buildModules() {
  const {outputFiles} = await esbuild.build({
    ...forBrowsers,
    external: [...common.external, '@observablehq/plot'],
    entryPoints: entryPoints(browserEntries),
    splitting: true,
    format: 'esm',
    outdir: path.join(root, 'dist/esm'),
    outExtension: {'.js': '.mjs'},
    write: false,
  });
  for (const {path: file, text} of outputFiles) write(file, await minified(withOneImport(text)));
}

/** Wraps the script: tf.min.js holds all TensorFlow.js packages in one object, the wrapper's argument. */
const SCRIPT_HEAD = `(function (root, factory) {
  if (typeof module === 'object' && module.exports) module.exports = factory(require('@tensorflow/tfjs'));
  else if (typeof define === 'function' && define.amd) define(['@tensorflow/tfjs'], factory);
  else if (root.tf) root.tfLongtail = factory(root.tf);
  else throw new Error('tfjs-longtail needs TensorFlow.js: load tf.min.js in a script tag before it.');
})(globalThis, function (tensorflow) {`;

async function buildScript() {
  const {outputFiles} = await esbuild.build({
    ...forBrowsers,
    stdin: {contents: "export * from './src/index'; export * from './src/kernels/wasm';", resolveDir: root},
    format: 'iife',
    globalName: 'tfLongtail',
    banner: {js: SCRIPT_HEAD.replace(/\n\s*/g, ' ')},
    footer: {js: 'return tfLongtail;});'},
    outfile: 'dist/tfjs-longtail.min.js',
    write: false,
  });
  const [{path: file, text}] = outputFiles;
  const statement = /^ *var (\w+) = (?:__toESM\()?__require\("(@tensorflow\/[\w-]+)"\)+;\n/gm;
  const bare = withoutImports(text, statement, () => 'tensorflow')
    // esbuild's stand-in for `require`, which is no longer called.
    .replace(/^ *var __require = [\s\S]*?is not supported['"]\);\n *\}\);\n/m, '');
  const code = await minified(bare, {});
  if (/["'`]@tensorflow\/tfjs-|__require|typeof require/.test(code))
    throw new Error('Expected nothing but `tensorflow` from outside.');
  write(file, code);
}

writeExports();
rmSync(path.join(root, 'dist'), {recursive: true, force: true});
buildTypes();
Promise.all([buildCommonJs(), buildModules(), buildScript()]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
