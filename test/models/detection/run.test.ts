import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {run} from '../../io/files/start_saver';
import {temporaryDirectory} from '../../io/files/temporary';

const ROOT = join(__dirname, '../../..');
const detect = (...args: string[]) =>
  run(process.execPath, ['-r', 'tsx/cjs', 'models/detection/run.ts', ...args], () => {}, ROOT);

test('a small run trains, judges, reports, and keeps what it has trained', async (t) => {
  const out = temporaryDirectory(t);
  const small = '--pages 30 --epochs 1 --per-class 1 --split validation --backend wasm --methods eql'.split(
    ' ',
  );
  const {code, output, errors} = await detect(...small, '--out', out);
  t.is(code, 0, errors);
  t.regex(output, /AP, % +AP +AP50 +APr +APc +APf\n.*\nEQL +\d/);
  t.true(readFileSync(join(out, 'report.html'), 'utf8').includes('Characters found on pages'));
  const {summary} = JSON.parse(readFileSync(join(out, 'detect.json'), 'utf8'));
  t.true(summary[0].scores.APf.mean > 1, `${summary[0].scores.APf.mean}`);
  const again = await detect(...small, '--out', out);
  const table = (text: string) => text.slice(text.indexOf('AP, %'), text.indexOf('Left in'));
  t.is(table(again.output), table(output));
  t.notRegex(again.output, /epoch \d/, 'nothing is trained again');
});

test('help, and flags that are wrong', async (t) => {
  t.regex((await detect('--help')).output, /--methods LIST +of sigmoid, softmax, eql/);
  for (const args of [
    ['--split', 'training'],
    ['--pages', '3'],
  ]) {
    const {code, errors} = await detect(...args);
    t.is(code, 1);
    t.regex(errors, new RegExp(`^Expected \`${args[0]}\``), args.join(' '));
  }
});
