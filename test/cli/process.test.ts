import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
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

test.serial('frequency counts names of files, and wrong command lines get one sentence', async (t) => {
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
  t.regex(first.errors, /Go on with: longtail train photos --out model --resume/);
  const resumed = await longtail([...train, '--resume', '--json'], root);
  t.is(resumed.code, 0, resumed.errors);
  const {history, unreadable, test: tested} = JSON.parse(resumed.output);
  t.deepEqual(
    history.map(({epoch}: {epoch: number}) => epoch),
    [1, 2, 3, 4, 5, 6],
  );
  t.regex(unreadable[0].name, /broken\.png$/);
  t.true(existsSync(join(root, 'model/report.html')));

  // Names of weights files are hashes of what is in them.
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
  // Class 0 has 20 images and the broken one, of which 17 are for training; class 9 has 2, of which 1 is.
  t.true(after[9] - before[9] - (after[0] - before[0]) > Math.log(10));
});
