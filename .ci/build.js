// Builds the package: CommonJS (dist/cjs) and types (dist/types) with tsc, the browser's ES modules (dist/esm) with
// esbuild. Exits non-zero when a step fails.
const {execFileSync} = require('node:child_process');
const {rmSync} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const root = path.join(__dirname, '..');
const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(path.join(root, 'dist'), {recursive: true, force: true});
execFileSync(process.execPath, [tsc, '-p', 'src/tsconfig.json'], {cwd: root, stdio: 'inherit'});
esbuild.buildSync({
  absWorkingDir: root,
  // The neutral platform knows no module of Node: an import of one fails the build.
  platform: 'neutral',
  entryPoints: {index: 'src/index.ts', 'kernels/wasm/index': 'src/kernels/wasm/index.ts'},
  external: ['@tensorflow/*'],
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  outdir: 'dist/esm',
  outExtension: {'.js': '.mjs'},
  // package.json names the files of dist that have side effects; without this esbuild takes src for free of any.
  ignoreAnnotations: true,
  logLevel: 'warning',
});
