// Builds the package: CommonJS (dist/cjs) and types (dist/types) with tsc, the browser's ES modules (dist/esm) and the
// one file for a script tag (dist/tfjs-longtail.min.js) with esbuild. Exits non-zero when a step fails.
const {execFileSync} = require('node:child_process');
const {rmSync} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const root = path.join(__dirname, '..');
const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(path.join(root, 'dist'), {recursive: true, force: true});
const compile = (...flags) =>
  execFileSync(process.execPath, [tsc, '-p', 'src/tsconfig.json', ...flags], {cwd: root, stdio: 'inherit'});
// Comments are for the declarations, which editors show: the code is without them, which saves a third of its size.
compile('--removeComments');
compile('--emitDeclarationOnly');

const forBrowsers = {
  absWorkingDir: root,
  // The neutral platform knows no module of Node: an import of one fails the build.
  platform: 'neutral',
  bundle: true,
  target: 'es2022',
  // package.json names the files of dist that have side effects; without this esbuild takes src for free of any.
  ignoreAnnotations: true,
  logLevel: 'warning',
};

esbuild.buildSync({
  ...forBrowsers,
  entryPoints: {index: 'src/index.ts', 'kernels/wasm/index': 'src/kernels/wasm/index.ts'},
  external: ['@tensorflow/*'],
  splitting: true,
  format: 'esm',
  outdir: 'dist/esm',
  outExtension: {'.js': '.mjs'},
});

// tf.min.js holds all of TensorFlow.js's packages in one object, the argument `tf` of the wrapper below.
const tensorflowIsTf = {
  name: 'tensorflow-is-tf',
  setup(build) {
    build.onResolve({filter: /^@tensorflow\//}, ({path}) => ({path, namespace: 'tf'}));
    build.onLoad({filter: /.*/, namespace: 'tf'}, () => ({contents: 'module.exports = tf;'}));
  },
};
const umdHead = `(function (root, factory) {
  if (typeof module === 'object' && module.exports) module.exports = factory(require('@tensorflow/tfjs'));
  else if (typeof define === 'function' && define.amd) define(['@tensorflow/tfjs'], factory);
  else if (root.tf) root.tfLongtail = factory(root.tf);
  else throw new Error('tfjs-longtail needs TensorFlow.js: load tf.min.js in a script tag before it.');
})(globalThis, function (tf) {`;

esbuild
  .build({
    ...forBrowsers,
    stdin: {contents: "export * from './src/index'; export * from './src/kernels/wasm';", resolveDir: root},
    plugins: [tensorflowIsTf],
    format: 'iife',
    globalName: 'tfLongtail',
    minify: true,
    banner: {js: umdHead.replace(/\n\s*/g, ' ')},
    footer: {js: 'return tfLongtail;});'},
    outfile: 'dist/tfjs-longtail.min.js',
  })
  .catch(() => process.exit(1));
