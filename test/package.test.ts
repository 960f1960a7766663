import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {build, transformSync} from 'esbuild';
import {run} from './io/files/start_saver';

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: {path: string}[];
}

const ROOT = join(__dirname, '..');
const sources = {
  consumer: readFileSync(join(__dirname, 'package/consumer.ts'), 'utf8'),
  kernels: `
    import {registerWasmTrainingKernels} from 'tfjs-longtail/kernels/wasm';
    console.log(typeof registerWasmTrainingKernels);`,
  sampling: `
    import {classAware, indexedArrays} from 'tfjs-longtail/sampling';
    const dataset = indexedArrays({xs: [1, 2, 3], ys: [0, 0, 1]}, {batchSize: 2, sampler: classAware});
    console.log(dataset.size, 'batches');`,
  notebook: `
    import {ClassFrequency} from 'tfjs-longtail';
    import {type Output, show} from 'tfjs-longtail/notebook';
    const freqInfo = new ClassFrequency({imageCounts: [90, 9], numImages: 100});
    const picture: Output = show.frequency(freqInfo, {lambda: 0.1});
    console.log(picture.html.slice(0, 60));`,
};
let packed: Packed;
let project: string;

// A project beside the packed package: npm unpacks it (it has no dependencies, so that nothing is fetched), and
// TensorFlow.js comes from the repository's own node_modules.
test.before(async () => {
  project = mkdtempSync(join(tmpdir(), 'tfjs-longtail-package-'));
  const {output} = await succeed('npm', ['pack', '--json', '--pack-destination', project], ROOT);
  [packed] = JSON.parse(output.slice(output.indexOf('[')));
  writeFileSync(join(project, 'package.json'), '{"private": true}');
  const tarball = join(project, packed.filename);
  await succeed('npm', ['install', '--offline', '--legacy-peer-deps', '--ignore-scripts', tarball], project);
  symlinkSync(join(ROOT, 'node_modules/@tensorflow'), join(project, 'node_modules/@tensorflow'), 'junction');
  for (const [name, source] of Object.entries(sources)) {
    for (const [extension, format] of Object.entries({cjs: 'cjs', mjs: 'esm'} as const)) {
      writeFileSync(
        join(project, `${name}.${extension}`),
        transformSync(source, {loader: 'ts', format}).code,
      );
    }
  }
});

test.after.always(() => rmSync(project, {recursive: true, force: true}));

async function succeed(command: string, args: string[], cwd: string) {
  const ended = await run(command, args, () => {}, cwd);
  if (ended.code !== 0) throw new Error(`${command} ${args.join(' ')}: ${ended.output}${ended.errors}`);
  return ended;
}

/** Exported classes that a console would call by another name. */
function renamedClasses(exports: object): string[] {
  const classes = Object.entries(exports).filter(([name]) => /^[A-Z][a-z]/.test(name));
  if (classes.length < 10) throw new Error(`Expected ten classes or more. Received: ${classes.length}`);
  return classes.filter(([name, cls]) => cls.name !== name).map(([name]) => name);
}

test.serial('the package holds its build and nothing else', (t) => {
  const paths = packed.files.map(({path}) => path);
  const allowed =
    /^(package\.json|README\.md|LICENSE|dist\/(tfjs-longtail\.min\.js|cjs\/.*\.js|esm\/.*\.mjs|types\/.*\.d\.ts))$/;
  t.deepEqual(
    paths.filter(
      (path) =>
        !allowed.test(path) ||
        /moby_dick|moby-dick|\bcli\b|crop_sheet|png|report_html|\btest\b|\bmodels\b/.test(path),
    ),
    [],
  );
  t.deepEqual(readdirSync(join(project, 'node_modules')).sort(), [
    '.package-lock.json',
    '@tensorflow',
    'tfjs-longtail',
  ]);
  const {size, unpackedSize} = packed;
  t.log(`${size / 1000} kB packed, ${unpackedSize / 1000} kB in ${paths.length} files`);
});

test.serial('what a browser loads is small, kernels included', async (t) => {
  const root = join(project, 'node_modules/tfjs-longtail');
  const script = readFileSync(join(root, 'dist/tfjs-longtail.min.js'));
  const contents = "export * from 'tfjs-longtail'; export * from 'tfjs-longtail/kernels/wasm';";
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: project},
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['@tensorflow/*'],
  });
  for (const [name, bytes] of Object.entries({script, modules: outputFiles[0].contents})) {
    const size = gzipSync(bytes, {level: 9}).length;
    t.log(`${name}: ${size / 1000} kB minified and compressed`);
    t.true(size < 60_000);
  }
});

test.serial('the file for a script tag needs no more than tf, and says so where it is missing', (t) => {
  const code = readFileSync(join(project, 'node_modules/tfjs-longtail/dist/tfjs-longtail.min.js'), 'utf8');
  t.false(/["']node:|\bprocess\.|\bBuffer\b|__dirname/.test(code));
  const browser: Record<string, unknown> = {};
  const load = () => new Function('globalThis', 'module', code)(browser);
  t.throws(load, {message: /load tf\.min\.js in a script tag before it/});
  browser.tf = tf;
  load();
  const {EqualizationLoss, registerWasmTrainingKernels} = browser.tfLongtail as Record<string, unknown>;
  t.is(typeof EqualizationLoss, 'function');
  t.is(typeof registerWasmTrainingKernels, 'function');
  t.deepEqual(renamedClasses(browser.tfLongtail as object), []);
});

test.serial('every file that package.json names is there', (t) => {
  const root = join(project, 'node_modules/tfjs-longtail');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const {main, module, types, unpkg, jsdelivr, browser, exports, typesVersions, sideEffects} = manifest;
  const named = JSON.stringify([
    main,
    module,
    types,
    unpkg,
    jsdelivr,
    browser,
    exports,
    typesVersions,
    sideEffects,
  ]);
  const paths = named.match(/(?<=")\.\/[^"*]+\.(?:m?js|ts|json)(?=")/g) ?? [];
  t.true(paths.length > 10);
  const held = new Set(packed.files.map(({path}) => `./${path}`));
  t.deepEqual(
    paths.filter((path) => !held.has(path)),
    [],
  );
  t.deepEqual(manifest.dependencies, undefined);
});

for (const [how, extension] of Object.entries({require: 'cjs', import: 'mjs'})) {
  test.serial(`it trains, saves, loads and goes on training: ${how}`, async (t) => {
    const directory = join(project, 'models', extension);
    const {output} = await succeed(process.execPath, [`consumer.${extension}`, directory], project);
    t.deepEqual(JSON.parse(output.slice(output.indexOf('{'))), {
      loss: true,
      logs: ['loss', 'acc', 'rare_accuracy'],
      weights: 25,
      errors: true,
    });
    const kernels = await succeed(process.execPath, [`kernels.${extension}`], project);
    t.regex(kernels.output, /function/);
    const sampling = await succeed(process.execPath, [`sampling.${extension}`], project);
    t.regex(sampling.output, /^2 batches$/m);
  });
}

test.serial('import and require give the same objects, all of them by name', async (t) => {
  const script = `
    import {createRequire} from 'node:module';
    import * as imported from 'tfjs-longtail';
    const required = createRequire(import.meta.url)('tfjs-longtail');
    const names = Object.keys(required);
    const classes = Object.fromEntries(names.map((name) => [name, {name: required[name].name}]));
    const missing = names.filter((name) => imported[name] !== required[name]);
    console.log(JSON.stringify({names, classes, missing}));`;
  writeFileSync(join(project, 'both.mjs'), script);
  const {output} = await succeed(process.execPath, ['both.mjs'], project);
  const {names, classes, missing} = JSON.parse(output.slice(output.indexOf('{"names"')));
  t.true(names.includes('EqualizationLoss') && names.includes('fileSystem'));
  t.deepEqual(missing, []);
  t.deepEqual(renamedClasses(classes), []);
});

// After the check of what npm has installed, which is nothing but the package.
test.serial('pictures say what they need where it is missing, and are drawn where it is there', async (t) => {
  const without = await run(process.execPath, ['notebook.cjs'], () => {}, project);
  t.not(without.code, 0);
  t.regex(without.errors, /npm install @observablehq\/plot linkedom/);
  for (const name of ['@observablehq', 'linkedom']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), 'junction');
  }
  for (const extension of ['cjs', 'mjs']) {
    const {output} = await succeed(process.execPath, [`notebook.${extension}`], project);
    t.regex(output, /<img src="data:image\/svg\+xml;base64/);
  }
});

for (const [moduleResolution, module] of [
  ['node10', 'commonjs'],
  ['node16', 'node16'],
  ['bundler', 'esnext'],
]) {
  test(`TypeScript is content under moduleResolution ${moduleResolution}`, async (t) => {
    const directory = join(project, moduleResolution);
    mkdirSync(directory);
    // Under node16 the files are ES modules too, so that both conditions of `exports` are looked at.
    const extensions = moduleResolution === 'node16' ? ['mts', 'cts'] : ['ts'];
    const files = extensions.flatMap((extension) =>
      Object.keys(sources).map((name) => `${name}.${extension}`),
    );
    for (const file of files)
      writeFileSync(join(directory, file), sources[file.split('.')[0] as keyof typeof sources]);
    // tfjs's own declarations have errors, for which users set skipLibCheck; ours are to have none without it.
    const skipLibCheck = moduleResolution !== 'node10';
    const target = {target: 'es2022', lib: ['es2022', 'dom'], types: []};
    const compilerOptions = {module, moduleResolution, ...target, strict: true, noEmit: true, skipLibCheck};
    const tsconfig = {compilerOptions, files};
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(tsconfig));
    const tsc = join(dirname(createRequire(__filename).resolve('typescript/package.json')), 'bin/tsc');
    const {code, output} = await run(process.execPath, [tsc, '-p', directory], () => {}, project);
    const errors = output.split('\n').filter((line) => line.includes(': error TS'));
    t.deepEqual(
      errors.filter((line) => !line.includes('/node_modules/@tensorflow/')),
      [],
    );
    t.is(code, skipLibCheck ? 0 : 2, output);
  });
}

test.serial('a bundler gets ES modules without Node, and keeps what registers classes', async (t) => {
  const stdin = {
    contents: "import 'tfjs-longtail'; import 'tfjs-longtail/kernels/wasm';",
    resolveDir: project,
  };
  const {outputFiles, metafile} = await build({
    stdin,
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: project,
    platform: 'browser',
    format: 'esm',
    external: ['@tensorflow/*'],
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');
  t.true(inputs.length > 1);
  t.deepEqual(
    inputs.filter((path) => !path.includes('tfjs-longtail/dist/esm/')),
    [],
  );
  const [{text}] = outputFiles;
  t.notRegex(text, /node:|require\(/);
  t.regex(text, /tfjs-longtail\.layersModelHook/);
  t.regex(text, /tfjs-longtail\/replaced-kernel/);
});
