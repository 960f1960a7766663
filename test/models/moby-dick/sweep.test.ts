import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

const root = join(__dirname, '../../..');

test('one training, its logits adjusted by each τ, judged on validation crops', async (t) => {
  // Its processes set pages, each anew.
  t.timeout(600_000);
  const out = mkdtempSync(join(tmpdir(), 'tfjs-longtail-sweep-'));
  t.teardown(() => rmSync(out, {recursive: true, force: true}));
  const args = ['--param', 'tau', '--values', '0,1', '--seeds', '1', '--samples', '250', '--epochs', '1'];
  const {stdout} = await promisify(execFile)(
    process.execPath,
    ['-r', 'tsx/cjs', 'models/moby-dick/sweep.ts', ...args, '--backend', 'wasm', '--jobs', '2', '--out', out],
    {cwd: root},
  );
  t.regex(stdout, /^τ of logits of sigmoid cross entropy.*1 seeds, validation crops/m);
  t.regex(stdout, /^Highest overall: τ = [01]$/m);
  const {points} = JSON.parse(readFileSync(join(out, 'sweep-tau.json'), 'utf8'));
  t.deepEqual(
    points.map(({value}: {value: number}) => value),
    [0, 1],
  );
  t.notDeepEqual(points[0].results, points[1].results);
  t.regex(readFileSync(join(out, 'sweep-tau.svg'), 'utf8'), /^<svg/);
});
