import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

const root = join(__dirname, '../../..');
const run = (args: string[]) =>
  promisify(execFile)(process.execPath, ['-r', 'tsx/cjs', 'models/moby-dick/start.ts', ...args], {
    cwd: root,
  });

test('the main job in small: trains twice, compares, saves, loads back and trains on', async (t) => {
  // Its processes set pages, each anew.
  t.timeout(600_000);
  const out = mkdtempSync(join(tmpdir(), 'tfjs-longtail-start-'));
  t.teardown(() => rmSync(out, {recursive: true, force: true}));
  const args = [
    '--samples',
    '1500',
    '--epochs',
    '1',
    '--tail-ratio',
    '0.2',
    '--backend',
    'wasm',
    '--out',
    out,
  ];
  const {stdout} = await run(args);
  t.regex(stdout, /Backend: wasm/);
  t.regex(stdout, /overall\s+73\s+[\d.]+\s+[\d.]+\s+[+−]?[\d.]+/);
  t.regex(stdout, /every weight bit for bit as training that never stopped/);
  const {lambda, comparison, classes} = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  t.true(lambda > 0);
  t.true(comparison.length >= 2);
  t.true(classes.length >= 60);
  const lossOf = (name: string) => {
    const model = JSON.parse(readFileSync(join(out, 'models', name, 'model.json'), 'utf8'));
    return model.userDefinedMetadata['tfjs-longtail'].loss;
  };
  t.is(lossOf('baseline').class_name, 'longtail>SigmoidCrossEntropy');
  t.is(lossOf('eql').class_name, 'longtail>EqualizationLoss');
  t.is(lossOf('eql').config.lambda, lambda);
  for (const name of ['recall-by-frequency.svg', 'accuracy-by-epoch.png', 'report.html']) {
    t.true(existsSync(join(out, name)), name);
  }
  for (const {models} of comparison) {
    t.deepEqual(
      models.map(({name}: {name: string}) => name),
      ['cross entropy', 'EQL', 'cross entropy, adjusted'],
    );
  }
});

test('a wrong flag is one clear line and a failure', async (t) => {
  const error = await t.throwsAsync(run(['--epochs', 'many']));
  const {stderr, code} = error as unknown as {stderr: string; code: number};
  t.is(code, 1);
  t.is(stderr.trim(), 'Expected `--epochs` to be a whole number ≥ 1. Received: many');
});
