import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type BuildOptions, build, type OutputFile, transformSync} from 'esbuild';
import {VERSION} from '../src/core/version';
import {run} from './io/files/start_saver';

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: {path: string}[];
}

const ROOT = join(__dirname, '..');
const entries: Record<string, 'everywhere' | 'on Node'> = require('../.ci/entries');
const {withExports} = require('../.ci/write_exports');
// Its types are where `moduleResolution: node10` does not look.
const vite: {minify(file: string, code: string, options: object): Promise<{code: string}>} = require('vite');
const lazyModules: Record<string, string[]> = require('../.ci/build/lazy_modules');
const folderOf: (name: string) => string = require('../.ci/folder_of');
const sources = {
  consumer: readFileSync(join(__dirname, 'package/consumer.ts'), 'utf8'),
  kernels: `
    import {registerWasmTrainingKernels} from 'tfjs-longtail/kernels/wasm';
    console.log(typeof registerWasmTrainingKernels);`,
  gpu: `
    import {registerGpuTrainingKernels} from 'tfjs-longtail/kernels/gpu';
    console.log(typeof registerGpuTrainingKernels);`,
  datasets: `
    import {longTailedCounts} from 'tfjs-longtail/datasets';
    console.log(longTailedCounts(2, 100)[1]);`,
  sampling: `
    import {classAware, indexedArrays} from 'tfjs-longtail/sampling';
    const dataset = indexedArrays({xs: [1, 2, 3], ys: [0, 0, 1]}, {batchSize: 2, sampler: classAware});
    console.log(dataset.size, 'batches');`,
  detection: `
    import {evaluateCoco} from 'tfjs-longtail/detection';
    console.log(typeof evaluateCoco);`,
  metrics: `
    import {Precision} from 'tfjs-longtail/metrics';
    console.log(new Precision({average: 'micro'}).name);`,
  training: `
    import {tauNormalize} from 'tfjs-longtail/training';
    console.log(typeof tauNormalize);`,
  report: `
    import {chooseThresholds, draw} from 'tfjs-longtail/report';
    console.log(typeof chooseThresholds, typeof draw.history);`,
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

const BUILT = /^dist\/(tfjs-longtail\.min\.js|cjs\/.*\.js|esm\/.*\.mjs|types\/.*\.d\.m?ts)$/;
const GUIDES =
  /^((README|CHANGELOG|SECURITY|docs\/[\w-]+|notebooks\/README|\.github\/CONTRIBUTING)\.md|docs\/keras\/longtail\.py|\.github\/[\w-]+\.png|notebooks\/[\w-]+\.ipynb)$/;

test.serial('the package holds its build and its guides, and nothing else', (t) => {
  const paths = packed.files.map(({path}) => path);
  const isBuilt = (path: string) =>
    BUILT.test(path) && !/moby_dick|moby-dick|crop_sheet|report_html|\btest\b|\bmodels\b/.test(path);
  t.deepEqual(
    paths.filter((path) => !isBuilt(path) && !GUIDES.test(path) && !/^(package\.json|LICENSE)$/.test(path)),
    [],
  );
  t.deepEqual(readdirSync(join(project, 'node_modules')).sort(), [
    '.bin',
    '.package-lock.json',
    '@tensorflow',
    'tfjs-longtail',
  ]);
  const {size, unpackedSize} = packed;
  t.log(`${size / 1000} kB packed, ${unpackedSize / 1000} kB in ${paths.length} files`);
});

test.serial('every relative link and picture of the guides is in the package', (t) => {
  const root = join(project, 'node_modules/tfjs-longtail');
  const guides = packed.files.map(({path}) => path).filter((path) => path.endsWith('.md'));
  t.true(guides.includes('README.md') && guides.length > 10);
  const links = guides.flatMap((guide) =>
    [...readFileSync(join(root, guide), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)|<img [^>]*src="([^"]+)"/g)]
      .map(([, link, source]) => link ?? source)
      .filter((link) => !/^https?:/.test(link))
      .map((link) => ({guide, link})),
  );
  t.true(links.length > 30);
  t.deepEqual(
    links.filter(({guide, link}) => !existsSync(join(root, dirname(guide), link))),
    [],
  );
});

/** Bytes of `contents` with all that it imports except TensorFlow.js and peers, minified by Vite and compressed. */
async function weigh(contents: string, more: BuildOptions = {}, resolveDir = project): Promise<number> {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir},
    bundle: true,
    write: false,
    format: 'esm',
    external: ['@tensorflow/*', '@observablehq/*', 'linkedom'],
    ...more,
  });
  const [{text}] = outputFiles as OutputFile[];
  const {code} = await vite.minify('bundle.js', text, {module: true, mangle: {toplevel: true}});
  return gzipSync(code, {level: 9}).length;
}

test.serial('the file for a script tag holds the main entry and the kernels, and little else', async (t) => {
  const script = readFileSync(join(project, 'node_modules/tfjs-longtail/dist/tfjs-longtail.min.js'));
  const all = "export * from 'tfjs-longtail'; export * from 'tfjs-longtail/kernels/wasm';";
  const sizes = {script: gzipSync(script, {level: 9}).length, modules: await weigh(all)};
  for (const [name, size] of Object.entries(sizes)) {
    t.log(`${name}: ${size / 1000} kB minified and compressed`);
    t.true(size < (name === 'script' ? 87_000 : 88_000));
  }
});

test.serial('each entry is as small as the docs say', async (t) => {
  const table = readFileSync(join(ROOT, 'docs/in-the-browser.md'), 'utf8');
  const rows = [...table.matchAll(/^\| `tfjs-longtail\/?([\w/]*)` \| (\d+) kB \| ([\w ]+) \|$/gm)];
  const listed = Object.fromEntries(rows.map(([, name, , where]) => [name, where]));
  t.deepEqual(listed, {'': 'everywhere', ...entries});
  for (const [, name, kilobytes, where] of rows) {
    const entry = join('tfjs-longtail', name);
    // Node loads whole files, of which a page would load what it needs.
    const size = await (where === 'on Node'
      ? weigh(`export * from './src/${folderOf(name)}';`, {platform: 'node'}, ROOT)
      : weigh(`export * from '${entry}';`));
    t.log(`${entry}: ${size / 1000} kB`);
    t.true(size <= Number(kilobytes) * 1000, `${entry}: ${size}`);
    t.true(size >= Number(kilobytes) * 500, `${entry} is far smaller than the docs say: ${size}`);
  }
});

test.serial('importing an entry loads no other, and does only what it is for', async (t) => {
  for (const name of ['', ...Object.keys(entries)]) {
    // They load Plot, which this project lacks.
    if (name === 'notebook' || name === 'report') continue;
    const script = `
      const tfl = require('@tensorflow/tfjs-layers');
      require('${join('tfjs-longtail', name)}');
      const files = Object.keys(require.cache).filter((file) => file.includes('tfjs-longtail'));
      const isHooked = Symbol.for('tfjs-longtail.layersModelHook') in tfl.LayersModel.prototype;
      const wasm = require('@tensorflow/tfjs-core').getKernel('Conv2DBackpropFilter', 'wasm') !== undefined;
      console.log(JSON.stringify({files, isHooked, wasm}));`;
    const {output} = await succeed(process.execPath, ['-e', script], project);
    const {files, isHooked, wasm} = JSON.parse(output.slice(output.indexOf('{"files"')));
    const own = [join('dist/cjs', folderOf(name), name === '' ? 'index.node.js' : 'index.js')];
    const indices = (files as string[]).filter((file) => /index(\.node)?\.js$/.test(file));
    t.deepEqual(
      indices.map((file) => file.slice(file.indexOf('dist'))),
      own,
    );
    t.deepEqual({isHooked, wasm}, {isHooked: name === '', wasm: name === 'kernels/wasm'}, name);
  }
});

test.serial('an import loads few files, and late modules when they are first called', async (t) => {
  const script = `
    const {basename} = require('node:path');
    require('@tensorflow/tfjs-layers');
    const before = new Set(process.moduleLoadList);
    const {fileSystem} = require('tfjs-longtail');
    const files = () => Object.keys(require.cache).filter((file) => file.includes('tfjs-longtail')).map((file) => basename(file));
    const atImport = files();
    const modules = process.moduleLoadList.filter((name) => !before.has(name));
    fileSystem('missing/model.json').load().catch(({name}) => {
      console.log(JSON.stringify({atImport, modules, name, atLast: files()}));
    });`;
  const {atImport, modules, name, atLast} = json(await succeed(process.execPath, ['-e', script], project));
  const late = (files: string[]) =>
    files.map((file) => file.split('-')[0]).filter((group) => group in lazyModules);
  t.true(atImport.length <= 4, atImport.join());
  t.deepEqual(late(atImport), []);
  t.deepEqual(
    modules.filter((module: string) =>
      /^NativeModule (worker_threads|crypto|(fs|timers).promises)$/.test(module),
    ),
    [],
  );
  t.is(name, 'ValueError');
  t.deepEqual(late(atLast), ['files']);
});

test.serial(
  'on Node an import takes a fraction of what TensorFlow.js takes, and errors say where they come from',
  async (t) => {
    const script = `
    const used = () => { const {user, system} = process.cpuUsage(); return (user + system) / 1000; };
    const start = used();
    require('@tensorflow/tfjs-core');
    require('@tensorflow/tfjs-layers');
    const tfjs = used() - start;
    const {EqualizationLoss} = require('tfjs-longtail');
    const own = used() - start - tfjs;
    try { new EqualizationLoss({lambda: -1, freqInfo: [1]}); } catch ({stack}) {
      console.log(JSON.stringify({tfjs, own, stack}));
    }`;
    const runs: {tfjs: number; own: number; stack: string}[] = [];
    for (let i = 0; i < 5; ++i) {
      const {output} = await succeed(process.execPath, ['-e', script], project);
      runs.push(JSON.parse(output.slice(output.indexOf('{"tfjs"'))));
    }
    const least = (name: 'tfjs' | 'own') => Math.min(...runs.map((one) => one[name]));
    t.log(`${least('own')} ms of CPU time beside ${least('tfjs')} ms of tfjs-core and tfjs-layers`);
    t.true(least('own') < least('tfjs'));
    const [{stack}] = runs;
    t.regex(stack, /at reject \(.*dist.cjs.chunk-\w+\.js:\d{2,}:\d+\)/);
    t.regex(stack, /at new EqualizationLoss \(.*dist.cjs.chunk-\w+\.js:\d{2,}:\d+\)/);
  },
);

test.serial('publint and attw find nothing wrong', async (t) => {
  const tarball = join(project, packed.filename);
  const bin = (path: string) => join(ROOT, 'node_modules', path);
  const lint = await succeed(
    process.execPath,
    [bin('publint/src/cli.js'), tarball, '--strict', '--level', 'warning'],
    ROOT,
  );
  t.regex(lint.output, /All good/);
  // The file for a script tag is JavaScript only.
  const excluded = ['--exclude-entrypoints', 'dist/tfjs-longtail.min.js'];
  const types = await succeed(
    process.execPath,
    [bin('@arethetypeswrong/cli/dist/index.js'), tarball, ...excluded],
    ROOT,
  );
  for (const name of Object.keys(entries)) t.true(types.output.includes(`tfjs-longtail/${name}`));
});

test('package.json exports the entries of the list', (t) => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  t.deepEqual(withExports(manifest), manifest);
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

/** A second copy of the package, beside the one that npm installed. */
function secondCopy(directory: string, version?: string): string {
  const copy = join(project, directory, 'tfjs-longtail');
  cpSync(join(project, 'node_modules/tfjs-longtail'), copy, {recursive: true});
  if (version === undefined) return copy;
  for (const name of readdirSync(join(copy, 'dist/cjs')).filter((file) => file.endsWith('.js'))) {
    const file = join(copy, 'dist/cjs', name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(VERSION = )"[^"]+"/, `$1"${version}"`));
  }
  return copy;
}

const json = ({output}: {output: string}) => JSON.parse(output.slice(output.indexOf('{"')));

for (const [what, entry] of Object.entries({
  'two CommonJS copies': 'dist/cjs/index.node.js',
  'CommonJS beside ES modules': 'dist/esm/index.mjs',
})) {
  test.serial(`${what} share one registry, and each other's objects`, async (t) => {
    const copy = join(secondCopy(`copy-${entry.split('/')[1]}`), entry);
    const script = `
      import {createRequire} from 'node:module';
      import tf from '@tensorflow/tfjs';
      import * as second from ${JSON.stringify(copy)};
      const first = createRequire(import.meta.url)('tfjs-longtail');
      const freqInfo = new second.ClassFrequencyCounter({numClasses: 3}).add([0, 0, 1, 2]);
      const make = () => tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [2]})]});
      const model = make();
      const metrics = [first, second].map(({GroupAccuracy}, i) => new GroupAccuracy({group: 'rare', freqInfo, name: 'm' + i}));
      model.compile({optimizer: 'sgd', loss: new second.EqualizationLoss({lambda: 0.3, freqInfo, gamma: 0.5, seed: 1}), metrics});
      const batch = [tf.ones([4, 2]), tf.tensor1d([0, 1, 2, 3], 'int32')];
      await model.trainOnBatch(...batch);
      let saved;
      await model.save(tf.io.withSaveHandler(async (artifacts) => { saved = artifacts; return {}; }), {includeOptimizer: true});
      const again = await tf.loadLayersModel(tf.io.fromMemory(saved));
      console.log(JSON.stringify({
        two: first.EqualizationLoss !== second.EqualizationLoss,
        known: [again.loss instanceof first.Loss, again.loss instanceof second.Loss, again.loss.freqInfo === again.metrics[0].freqInfo],
        state: again.loss.getState(),
        values: [await again.trainOnBatch(...batch), await model.trainOnBatch(...batch)],
      }));`;
    writeFileSync(join(project, 'two.mjs'), script);
    const ended = await succeed(process.execPath, ['two.mjs'], project);
    const {two, known, state, values} = json(ended);
    t.true(two);
    t.deepEqual(known, [true, true, true]);
    t.deepEqual(state, {step: 1});
    t.deepEqual(values[0], values[1]);
    t.notRegex(ended.errors, /already registered|two copies/i);
  });
}

test.serial('two versions do not mix, and the error names both', async (t) => {
  const newer = secondCopy('newer', '9.9.9');
  const script = `require('tfjs-longtail'); require(${JSON.stringify(newer)});`;
  const ended = await run(process.execPath, ['-e', script], () => {}, project);
  t.not(ended.code, 0);
  t.regex(
    ended.errors,
    /ValueError: Two versions of tfjs-longtail .*node_modules.tfjs-longtail.dist.cjs.* is loaded/,
  );
  t.regex(ended.errors, /and now 9\.9\.9 \(.*newer.tfjs-longtail.dist.cjs.*\.js\)/);
});

test.serial('a second TensorFlow.js is found, and the paths of both are named', async (t) => {
  const second = join(project, 'second/node_modules/@tensorflow');
  for (const [name, main] of [
    ['tfjs-core', 'tf-core'],
    ['tfjs-layers', 'tf-layers'],
  ]) {
    for (const file of ['package.json', `dist/${main}.node.js`]) {
      mkdirSync(dirname(join(second, name, file)), {recursive: true});
      cpSync(join(ROOT, 'node_modules/@tensorflow', name, file), join(second, name, file));
    }
  }
  const script = (order: string) => `
    const load = {other: () => require(${JSON.stringify(join(second, 'tfjs-layers'))}), own: () => require('tfjs-longtail')};
    const loaded = {};
    for (const name of ${order}) loaded[name] = load[name]();
    const {other, own: {EqualizationLoss}} = loaded;
    require('@tensorflow/tfjs-backend-cpu');
    const tf = require('@tensorflow/tfjs-core');
    const loss = new EqualizationLoss({lambda: 0.1, freqInfo: [0.5, 0.01]});
    const warnings = [];
    console.warn = (text) => /copies/.test(text) && warnings.push(text);
    loss(tf.tensor2d([[0, 1]]), tf.tensor2d([[0, 1]]));
    loss(tf.tensor2d([[0, 1]]), tf.tensor2d([[0, 1]]));
    const model = other.sequential({layers: [other.layers.dense({units: 2, inputShape: [2]})]});
    const compile = (args) => { try { model.compile(args); return 'compiled'; } catch ({message}) { return message; } };
    const messages = [compile({optimizer: 'sgd', loss}), compile({optimizer: 'sgd', loss: {[model.outputNames[0]]: loss}})];
    console.log(JSON.stringify({warnings, messages, plain: compile({optimizer: 'sgd', loss: 'meanSquaredError'})}));`;
  const own =
    /belongs to one \((?!.*second.*second).*@tensorflow.tfjs-layers.dist.tf-layers\.node\.js\), and/;
  const other = /another \(.*second.node_modules.@tensorflow.tfjs-layers.dist.tf-layers\.node\.js\)/;
  for (const order of ["['other', 'own']", "['own', 'other']"]) {
    const environment = `NODE_PATH=${join(ROOT, 'node_modules')}`;
    const ended = await succeed('env', [environment, process.execPath, '-e', script(order)], project);
    const {warnings, messages, plain} = json(ended);
    t.is(warnings.length, 1, order);
    for (const message of [...warnings, ...messages]) {
      t.regex(message, own);
      t.regex(message, other);
    }
    t.is(plain, 'compiled');
  }
});

test('the sources know the version of the package', (t) => {
  t.is(VERSION, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);
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
