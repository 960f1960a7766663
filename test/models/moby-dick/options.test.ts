import test from 'ava';
import {readOptions, usage} from '../../../models/moby-dick/options';

test('defaults, and what the flags change', (t) => {
  const defaults = readOptions([]);
  if (defaults === 'help') return t.fail();
  t.is(defaults.backend, 'auto');
  t.is(defaults.tailRatio, 0.03);
  t.is(defaults.lambda, undefined);
  const args = '--backend wasm --epochs 2 --lambda 0.001 --seed 7 --samples 1000 --out there'.split(' ');
  t.deepEqual(readOptions(args), {
    backend: 'wasm',
    epochs: 2,
    lambda: 0.001,
    tailRatio: 0.03,
    seed: 7,
    samples: 1000,
    out: 'there',
  });
});

test('help names every flag', (t) => {
  t.is(readOptions(['--help']), 'help');
  for (const flag of ['backend', 'epochs', 'lambda', 'tail-ratio', 'seed', 'samples', 'out']) {
    t.true(usage('start').includes(`--${flag}`));
  }
});

for (const [line, message] of [
  ['--epochs 0', /Expected `--epochs` to be a whole number ≥ 1\. Received: 0/],
  ['--epochs 1.5', /`--epochs`/],
  ['--lambda -1', /--lambda/],
  ['--lambda=-1', /Expected `--lambda` to be a number ≥ 0\. Received: -1/],
  ['--tail-ratio 3', /Expected `--tail-ratio` to be a number in 0 … 1\. Received: 3/],
  ['--lambda 0.1 --tail-ratio 0.1', /Expected one of `--lambda` and `--tail-ratio`/],
  ['--backend gpu', /Expected `--backend` to be auto, .*cpu\. Received: gpu/],
  ['--sample 100', /Unknown option '--sample'.*Known flags: .*--samples/],
  ['--samples=', /Expected `--samples`/],
  ['stray', /stray/],
] as const) {
  test(`refuses ${line}`, (t) => {
    t.throws(() => readOptions(line.split(' ')), {name: 'ValueError', message});
  });
}
