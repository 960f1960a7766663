import {join} from 'node:path';
import test from 'ava';
import {run} from '../../io/files/start_saver';
import {temporaryDirectory} from '../../io/files/temporary';

const BATCHES = 14;
const script = join(__dirname, 'resume_process.ts');

/** Trains in a process, which is killed as soon as it has printed so many lines. */
async function train(directory: string, killAfter = Number.POSITIVE_INFINITY) {
  const args = ['-r', 'tsx/cjs', script, directory, String(BATCHES)];
  const ended = await run(process.execPath, args, (output, child) => {
    if (output.split('\n').length > killAfter) child.kill('SIGKILL');
  });
  return {...ended, lines: ended.output.split('\n').filter((line) => /^(\d+: |weights )/.test(line))};
}

test('a head of two outputs that is killed ends bit for bit like one that is not', async (t) => {
  const root = temporaryDirectory(t);
  const uninterrupted = await train(join(root, 'whole'));
  t.is(uninterrupted.code, 0, uninterrupted.errors);
  t.is(uninterrupted.lines.length, BATCHES + 1);

  const directory = join(root, 'killed');
  const lines = new Map<string, string>();
  // In the middle of an epoch, of a step or of a save, wherever that finds it.
  for (const killAfter of [4, 3]) {
    const {signal, lines: printed} = await train(directory, killAfter);
    t.is(signal, 'SIGKILL');
    for (const line of printed) lines.set(line.split(' ')[0], line);
  }
  const last = await train(directory);
  t.is(last.code, 0, last.errors);
  t.true(last.lines.length < BATCHES, 'it went on where it was killed');
  for (const line of last.lines) lines.set(line.split(' ')[0], line);
  // A batch that was saved but not printed is in no list of lines.
  const expected = uninterrupted.lines.filter((line) => lines.has(line.split(' ')[0]));
  t.deepEqual([...lines.values()], expected);
  t.is(last.lines.at(-1), uninterrupted.lines.at(-1));
});
