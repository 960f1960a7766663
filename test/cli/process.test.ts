import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../src/index.node';
import {writeBroken, writeFolder} from '../io/datasets/pictures';
import {temporaryDirectory} from '../io/files/temporary';

const PROGRAM = join(__dirname, '../../src/cli/bin.ts');
const TSX = pathToFileURL(require.resolve('tsx')).href;
const COUNTS = Object.fromEntries(Array.from({length: 10}, (_, j) => [`class ${j}`, 20 - 2 * j]));
const SMALL = ['--image-size', '16', '--batch-size', '16', '--learning-rate', '0.003'];

function longtail(
  args: string[],
  cwd: string,
  onErrors: (errors: string, child: ChildProcess) => void = () => {},
) {
  return new Promise<{code: number | null; output: string; errors: string}>((resolve) => {
    const child = spawn(process.execPath, ['--import', TSX, PROGRAM, ...args], {cwd});
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
      onErrors(errors, child);
    });
    child.on('close', (code) => resolve({code, output, errors}));
  });
}

test.serial('frequency counts file names, and wrong command lines get a one-line message', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), COUNTS);
  const {code, output} = await longtail(['frequency', 'photos', '--json', '--html', 'page.html'], root);
  t.is(code, 0);
  const {images, classes, recommended} = JSON.parse(output);
  t.deepEqual([images, classes.length, recommended.loss], [110, 10, 'LogitAdjustedLoss']);
  t.regex(readFileSync(join(root, 'page.html'), 'utf8'), /<svg/);
  const wrong = async (args: string[], expected: number, message: RegExp) => {
    const ended = await longtail(args, root);
    t.deepEqual([ended.code, ended.output], [expected, '']);
    t.regex(ended.errors, message);
    t.is(ended.errors.trimEnd().split('\n').length, 1, ended.errors);
  };
  await wrong(
    ['train', 'photos', '--epoch', '3'],
    2,
    /^longtail: unknown option '--epoch'\. Did you mean --epochs\?$/m,
  );
  await wrong(['trian', 'photos'], 2, /^longtail: unknown command 'trian'\. Did you mean train\?$/m);
  await wrong(['train', 'photos', '--method', 'balancedsoftmax'], 2, /Did you mean balanced-softmax\?$/m);
  await wrong(['frequency', 'nowhere'], 1, /^longtail: Expected `path` to be a folder of images/);
});

test.serial('unwritable outputs are reported before any work is done', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), {a: 4, b: 2});
  writeFileSync(join(root, 'file'), '');
  mkdirSync(join(root, 'out/report.html'), {recursive: true});
  for (const [args, message] of [
    [
      ['train', 'photos', '--out', 'file'],
      /--out to be a folder that can be written to\. Received: file \(is a file\)$/m,
    ],
    [['train', 'photos', '--out', 'file/deep'], /--out to be a folder .*Received: file\/deep \(ENOTDIR/],
    [['train', 'photos', '--out', 'out'], /--out to be a file .*Received: out\/report.html \(is a folder\)/],
    [['compare', 'photos', '--out', 'file'], /--out to be a folder .*Received: file\/ce\/serving/],
    [['compare', 'photos', '--out', 'out'], /--out to be a file .*Received: out\/report.html/],
    // Both fail before looking for the model.
    [['adjust', 'model', '--out', 'file'], /--out to be a folder .*Received: file/],
    [['evaluate', 'model', 'photos', '--html', 'out'], /--html to be a file .*Received: out \(is a folder\)/],
    [['frequency', 'nowhere', '--html', 'file/page.html'], /--html to be a file .*Received: file\/page.html/],
    [['frequency', 'nowhere', '--svg', 'out'], /--svg to be a file .*Received: out/],
  ] as Array<[string[], RegExp]>) {
    const ended = await longtail(args, root);
    t.deepEqual([ended.code, ended.output], [1, ''], args.join(' '));
    t.regex(ended.errors, message);
    t.is(ended.errors.trimEnd().split('\n').length, 1, ended.errors);
  }
  t.deepEqual(readdirSync(root).sort(), ['file', 'out', 'photos']);
});

test.serial('classes without images are an error, or kept and named', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), {cat: 8, owl: 6});
  mkdirSync(join(root, 'photos/gnu'));
  mkdirSync(join(root, 'photos/.ipynb_checkpoints'));
  const still = [...SMALL, '--epochs', '1', '--backend', 'wasm', '--out', 'model', '--method', 'ce'];
  for (const args of [
    ['frequency', 'photos'],
    ['train', 'photos', ...still],
    ['compare', 'photos'],
  ]) {
    const ended = await longtail(args, root);
    t.is(ended.code, 1);
    const last = ended.errors.trimEnd().split('\n').at(-1);
    t.is(
      last,
      'longtail: Expected each class of photos to have images (.jpg, .jpeg, .png, .webp). ' +
        'Received: none in photos/gnu (--allow-empty keeps classes without images)',
    );
  }
  const counted = await longtail(['frequency', 'photos', '--allow-empty', '--json'], root);
  t.deepEqual(JSON.parse(counted.output).classes[1], {name: 'gnu', images: 0});
  const trained = await longtail(['train', 'photos', '--allow-empty', ...still], root);
  t.is(trained.code, 0, trained.errors);
  for (const part of ['train', 'validation', 'test'])
    t.regex(trained.errors, new RegExp(`^${part}: no images of gnu$`, 'm'));
  // The model has the class, with or without images.
  const evaluated = await longtail(['evaluate', 'model', 'photos', '--json', '--backend', 'wasm'], root);
  t.is(evaluated.code, 0, evaluated.errors);
  t.is(JSON.parse(evaluated.output).models[0].recall.gnu, null);
  t.regex(evaluated.errors, /^data: no images of gnu$/m);
  const resumed = await longtail(
    ['train', 'photos', '--out', 'model', '--resume', '--epochs', '2', '--backend', 'wasm'],
    root,
  );
  t.is(resumed.code, 0, resumed.errors);
});

test.serial('evaluate lists the parts, and uses the one that was set aside', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), {cat: 10, owl: 10});
  await writeFolder(join(root, 'others'), {cat: 2, owl: 1});
  const {output: help} = await longtail(['evaluate', '--help'], root);
  t.regex(help.replace(/\s+/g, ' '), /all, if no part is set aside/);
  const still = [...SMALL, '--epochs', '1', '--backend', 'wasm', '--out', 'model', '--method', 'ce'];
  const trained = await longtail(['train', 'photos', ...still, '--test', '0', '--validation', '0.2'], root);
  t.is(trained.code, 0, trained.errors);
  const imagesOf = async (data: string, ...part: string[]) => {
    const ended = await longtail(['evaluate', 'model', data, '--json', '--backend', 'wasm', ...part], root);
    return ended.code === 0 ? JSON.parse(ended.output).images : ended.errors.trimEnd();
  };
  t.is(await imagesOf('photos'), 4, 'not the training images');
  t.is(await imagesOf('photos', '--part', 'train'), 16);
  t.regex(await imagesOf('photos', '--part', 'all'), /`--part all` with data that is not split/);
  t.is(await imagesOf('others', '--part', 'all'), 3);
  t.is(await imagesOf('others'), 3);
});

test.serial('train, interrupt, resume, evaluate, predict, adjust', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), COUNTS);
  writeBroken(join(root, 'photos/class 0/broken.png'));
  const train = ['train', 'photos', '--out', 'model', '--backend', 'wasm'];
  let sent = false;
  const first = await longtail(
    [...train, ...SMALL, '--method', 'ce', '--epochs', '6'],
    root,
    (errors, child) => {
      if (sent || !errors.includes('epoch 2 of 6')) return;
      sent = true;
      child.kill('SIGINT');
    },
  );
  t.is(first.code, 130, first.errors);
  t.regex(first.errors, /Continue with: longtail train photos --out model --resume/);
  const resumed = await longtail([...train, '--resume', '--json'], root);
  t.is(resumed.code, 0, resumed.errors);
  const {history, unreadable, test: tested} = JSON.parse(resumed.output);
  t.deepEqual(
    history.map(({epoch}: {epoch: number}) => epoch),
    [1, 2, 3, 4, 5, 6],
  );
  t.regex(unreadable[0].name, /broken\.png$/);
  t.true(existsSync(join(root, 'model/report.html')));

  // Names of weights files are hashes of their content.
  const whole = [
    'train',
    'photos',
    '--out',
    'whole',
    '--backend',
    'wasm',
    ...SMALL,
    '--method',
    'ce',
    '--epochs',
    '6',
  ];
  t.is((await longtail(whole, root)).code, 0);
  const weightsIn = (folder: string) =>
    readdirSync(join(root, folder)).filter((name) => name.endsWith('.bin'));
  t.deepEqual(weightsIn('model'), weightsIn('whole'));

  const evaluated = await longtail(['evaluate', 'model', 'photos', '--json', '--backend', 'wasm'], root);
  t.deepEqual(JSON.parse(evaluated.output).models[0].recall, tested.models[0].recall);

  const image = 'photos/class 1/000.png';
  const predicted = await longtail(
    ['predict', 'model/serving', image, '--json', '--top', '10', '--backend', 'wasm'],
    root,
  );
  const [{classes}] = JSON.parse(predicted.output).images;
  const sum = classes.reduce((all: number, {probability}: {probability: number}) => all + probability, 0);
  t.true(Math.abs(sum - 1) < 1e-4);

  const adjusted = await longtail(['adjust', 'model', '--backend', 'wasm'], root);
  t.is(adjusted.code, 0, adjusted.errors);
  const biasOf = async (folder: string) => {
    const model = await tf.loadLayersModel(`file://${join(root, folder)}/model.json`);
    return model.getWeights().at(-1)!.dataSync();
  };
  const [before, after] = [await biasOf('model'), await biasOf('model-adjusted')];
  // Class 0 has 20 images and the broken one, 17 of them for training; class 9 has 2, 1 of them for training.
  t.true(after[9] - before[9] - (after[0] - before[0]) > Math.log(10));
});

test.serial('compare trains each method from the same weights and reports on the same images', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), COUNTS);
  // Steps this small leave the weights unchanged.
  const still = ['--image-size', '16', '--batch-size', '16', '--learning-rate', '1e-9', '--epochs', '1'];
  const compare = ['compare', 'photos', '--backend', 'wasm', '--json'];
  const ended = await longtail(
    [...compare, ...still, '--methods', 'ce,logit-adjusted', '--out', 'both'],
    root,
  );
  t.is(ended.code, 0, ended.errors);
  const {models, report} = JSON.parse(ended.output);
  t.deepEqual(
    models.map(({name}: {name: string}) => name),
    ['ce', 'logit-adjusted'],
  );
  t.is(report, join('both', 'report.html'));
  const page = readFileSync(join(root, report), 'utf8');
  t.true(page.includes('<svg') && page.includes('logit-adjusted'));
  t.deepEqual(JSON.parse(readFileSync(join(root, 'both/report.json'), 'utf8')).models, models);
  const weightsOf = async (method: string) => {
    const model = await tf.loadLayersModel(`file://${join(root, 'both', method)}/model.json`);
    return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  };
  const [plain, adjusted] = [await weightsOf('ce'), await weightsOf('logit-adjusted')];
  t.true(plain.some((weight) => Math.abs(weight) > 0.1));
  t.true(plain.every((weight, i) => Math.abs(weight - adjusted[i]) < 1e-6));

  const evaluated = await longtail(['evaluate', 'both/ce', 'photos', '--json', '--backend', 'wasm'], root);
  t.deepEqual(JSON.parse(evaluated.output).models[0].recall, models[0].recall);

  const wrong = await longtail([...compare, '--methods', 'ce,logitadjusted'], root);
  t.deepEqual([wrong.code, wrong.output], [2, '']);
  t.regex(wrong.errors, /Did you mean logit-adjusted\?$/m);
});

test.serial("train puts a new head on a saved model's features, which stay unchanged", async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'photos'), COUNTS);
  const base = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 6, kernelSize: 3, strides: 2, activation: 'relu', inputShape: [12, 12, 3]}),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({units: 4, name: 'old_classes'}),
    ],
  });
  await base.save(`file://${join(root, 'base')}`);
  const train = [
    'train',
    'photos',
    '--backend',
    'wasm',
    '--epochs',
    '3',
    '--learning-rate',
    '0.01',
    '--json',
  ];
  const ended = await longtail([...train, '--features', 'base/model.json', '--out', 'mine'], root);
  t.is(ended.code, 0, ended.errors);
  t.is(JSON.parse(ended.output).history.length, 3);
  const trained = await tf.loadLayersModel(`file://${join(root, 'mine')}/model.json`);
  t.deepEqual(trained.inputs[0].shape, [null, 12, 12, 3], 'images have the input size of the features');
  t.deepEqual(trained.outputs[0].shape, [null, 10]);
  const [before, after] = [base, trained].map(({layers}) =>
    layers.find((layer) => layer.getClassName() === 'Conv2D'),
  );
  t.deepEqual(
    after?.getWeights().map((weight) => weight.dataSync()),
    before?.getWeights().map((weight) => weight.dataSync()),
  );
  t.false(trained.layers.some(({name}) => name === 'old_classes'));
  const [, bias] = trained.getLayer('longtail_logits').getWeights();
  t.true(
    bias.dataSync().some((value) => value !== 0),
    'the head has learned',
  );

  const predicted = await longtail(
    ['predict', 'mine/serving', 'photos/class 1/000.png', '--json', '--backend', 'wasm'],
    root,
  );
  t.is(predicted.code, 0, predicted.errors);

  const refused = async (more: string[], message: RegExp) => {
    const {code, output, errors} = await longtail([...train, '--out', 'other', ...more], root);
    t.deepEqual([code, output], [1, ''], errors);
    t.regex(errors, message);
    t.notRegex(errors, /\n\s+at /, 'no stack trace');
  };
  await refused(['--features', 'nowhere/model.json'], /^longtail: .*nowhere/m);
  await refused(['--features', 'base/model.json', '--channels', '1'], /Expected `--channels` to be 3/);
});
