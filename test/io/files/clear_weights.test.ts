import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {clearWeights} from '../../../src/io/files/clear_weights';
import {nodeFiles} from '../../../src/io/files/file_operations';
import {Temporaries} from '../../../src/io/files/temporaries';
import {watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';

/** Writes a file as this package would, and returns its name. */
function weights(directory: string, content: string): string {
  const name = `weights.${createHash('sha256').update(content).digest('hex').slice(0, 16)}.bin`;
  writeFileSync(join(directory, name), content);
  return name;
}

function model(directory: string, file: string, ...paths: string[]): void {
  writeFileSync(join(directory, file), JSON.stringify({modelTopology: {}, weightsManifest: [{paths}]}));
}

test('removes own weights that no JSON file names, and nothing else', async (t) => {
  const directory = temporaryDirectory(t);
  const [now, best, old, older] = ['now', 'best', 'old', 'older'].map((text) => weights(directory, text));
  model(directory, 'model.json', now);
  model(directory, 'best.json', best);
  const users = [
    '.env',
    'package.json',
    'weights.bin',
    'group1-shard1of1.bin',
    'weights.0123456789abcdef.bin',
  ];
  for (const name of users) writeFileSync(join(directory, name), 'mine');
  await clearWeights(nodeFiles, directory);
  t.deepEqual(readdirSync(directory).sort(), [...users, 'model.json', 'best.json', now, best].sort());
  t.false(existsSync(join(directory, old)) || existsSync(join(directory, older)));
});

test('while another save may be running, removes only weights older than a minute', async (t) => {
  const directory = temporaryDirectory(t);
  const [young, old] = ['young', 'old'].map((text) => weights(directory, text));
  const time = Date.now() / 1000 - 61;
  utimesSync(join(directory, old), time, time);
  const other = new Temporaries();
  writeFileSync(join(directory, other.name('weights')), '');
  await clearWeights(nodeFiles, directory);
  t.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.bin')),
    [young],
  );
  renameSync(join(directory, other.name('weights')), join(directory, 'elsewhere'));
  other.end();
  await clearWeights(nodeFiles, directory);
  t.deepEqual(readdirSync(directory), ['elsewhere']);
});

test('keeps weights that another save is about to reference', async (t) => {
  const directory = temporaryDirectory(t);
  const name = weights(directory, 'text');
  utimesSync(join(directory, name), 1, 1);
  const other = new Temporaries();
  t.teardown(() => other.end());
  model(directory, other.name('json'), name);
  await clearWeights(nodeFiles, directory);
  t.true(existsSync(join(directory, name)));
});

// A complete other save, in the middle of a clearing that finds that save's weights unmentioned.
test('keeps weights that come into use during the clearing', async (t) => {
  for (let at = 1; ; at++) {
    const directory = temporaryDirectory(t);
    const name = weights(directory, 'text');
    utimesSync(join(directory, name), 1, 1);
    let step = 0;
    const files = watchedFiles(() => {
      if (++step !== at) return;
      const other = new Temporaries();
      const json = join(directory, other.name('json'));
      model(directory, other.name('json'), name);
      weights(directory, 'text');
      renameSync(json, join(directory, 'model.json'));
      other.end();
    });
    await clearWeights(files, directory);
    if (step < at) break;
    t.is(readFileSync(join(directory, name), 'utf8'), 'text', `operation ${at}`);
  }
});

test('keeps files that replace weights during the clearing', async (t) => {
  const whole = 1_700_000_000;
  const replacements: Record<string, (path: string) => string> = {
    'written later': (path) => {
      writeFileSync(path, 'mine');
      return 'mine';
    },
    'of another size': (path) => {
      writeFileSync(path, 'all mine');
      utimesSync(path, whole, whole);
      return 'all mine';
    },
    'another file': (path) => {
      writeFileSync(`${path}.new`, 'mine');
      utimesSync(`${path}.new`, whole, whole);
      renameSync(`${path}.new`, path);
      return 'mine';
    },
  };
  for (const [what, replace] of Object.entries(replacements)) {
    const directory = temporaryDirectory(t);
    const path = join(directory, weights(directory, 'text'));
    utimesSync(path, whole, whole);
    let content = '';
    const files = watchedFiles((operation) => {
      if (operation === 'rename') content ||= replace(path);
    });
    await clearWeights(files, directory);
    t.is(readFileSync(path, 'utf8'), content, what);
  }
});

test('accepts that another process removes the weights first', async (t) => {
  const directory = temporaryDirectory(t);
  weights(directory, 'text');
  const files = watchedFiles((operation, [path]) => {
    if (operation === 'rm') rmSync(String(path));
  });
  await t.notThrowsAsync(clearWeights(files, directory));
  t.deepEqual(readdirSync(directory), []);
});

test('keeps weights that cannot be checked', async (t) => {
  const directory = temporaryDirectory(t);
  const name = weights(directory, 'text');
  const unreadable = watchedFiles((operation, [path]) => {
    if (operation === 'stat' && String(path).endsWith('model.json'))
      throw Object.assign(new Error('no'), {code: 'EACCES'});
  });
  await clearWeights(unreadable, directory);
  t.deepEqual(readdirSync(directory), [name]);
});
