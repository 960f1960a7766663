// Builds the package: types (dist/types) with tsc; CommonJS (dist/cjs), the browser's ES modules (dist/esm) and the one
// file for a script tag (dist/tfjs-longtail.min.js) with esbuild and Vite's minifier. Exits with a nonzero code if a
// step fails.
const {execFileSync} = require('node:child_process');
const {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const {buildCommonJs} = require('./build/common_js');
const {withOneImport, withoutImports} = require('./build/imports');
const {browserEntries, common, entries, entryPoints, root, sources, write} = require('./build/settings');
const {writeExports} = require('./write_exports');

// The neutral platform lacks Node's modules: importing one fails the build.
const forBrowsers = {...common, plugins: [sources()], platform: 'neutral'};

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
