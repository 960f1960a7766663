import {execFile} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

const root = join(__dirname, '../../..');
const run = (args: string[]) =>
  promisify(execFile)(process.execPath, ['-r', 'tsx/cjs', 'models/moby-dick/compare.ts', ...args], {
    cwd: root,
  });

test('trains each method once, goes on with its model, and finds finished cells', async (t) => {
  // Its processes set pages, each anew.
  t.timeout(900_000);
  const out = mkdtempSync(join(tmpdir(), 'tfjs-longtail-compare-'));
  t.teardown(() => rmSync(out, {recursive: true, force: true}));
  const common = ['--seeds', '1', '--samples', '250', '--epochs', '1', '--tail-ratio', '0.2'];
  const args = [...common, '--backend', 'wasm', '--jobs', '2', '--out', out];
  const {stdout} = await run([...args, '--methods', 'ce,la,crt,crt-same,tau,drw']);
  const headings = stdout.split('\n').filter((line) => line.endsWith(':'));
  t.deepEqual(headings, [
    'The result, typefaces that training never saw:',
    'For reference, in the typefaces of training:',
    'The result, typefaces that training never saw:',
  ]);
  t.regex(stdout, /^LDAM-DRW +[\d.]+/m);
  t.regex(stdout, /^sigmoid cross entropy, τ-normalized: validation crops chose τ = [\d.]+$/m);
  const read = (name: string) => readFileSync(join(out, name), 'utf8');
  t.is(read('compare.csv').trim().split('\n').length, 1 + 6 * 4);
  t.regex(read('compare.md'), /^\| LDAM-DRW \|/m);
  t.regex(read('compare.svg'), /^<svg/);
  const [cells] = readdirSync(join(out, 'cells'));
  t.deepEqual(
    readdirSync(join(out, 'cells', cells)).filter((name) => name.endsWith('.json')),
    ['ce-1+crt-same.json', 'ce-1+crt.json', 'ce-1+tau.json', 'ce-1.json', 'drw-1.json', 'options.json'],
  );

  const again = await run([...args, '--methods', 'ce,crt']);
  t.notRegex(again.stdout, /pages/, 'nothing is trained');
  const cellOf = (name: string) => JSON.parse(read(join('cells', cells, name))).predicted.plain.seen;
  t.notDeepEqual(cellOf('ce-1+crt.json'), cellOf('ce-1+crt-same.json'), 'other crops, another classifier');
  const rowOf = (text: string) => text.match(/^.*classifier retrained .*$/m)?.[0].split(/ {2,}/);
  t.deepEqual(rowOf(again.stdout), rowOf(stdout));
});
