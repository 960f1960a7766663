import {execFileSync} from 'node:child_process';
import {mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import test from 'ava';
import {type FileOperations, nodeFiles} from '../../../src/io/files/file_operations';
import {mentionedIn} from '../../../src/io/files/mentions';
import {Temporaries} from '../../../src/io/files/temporaries';
import {watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';

const A = 'weights.aaaaaaaaaaaaaaaa.bin';
const B = 'weights.bbbbbbbbbbbbbbbb.bin';
const naming = (name: string, padding = '') =>
  JSON.stringify({modelTopology: padding, weightsManifest: [{paths: [name]}]});
const look = async (directory: string, files: FileOperations = nodeFiles) => {
  const mentioned = await mentionedIn(files, directory, [A, B]);
  return mentioned && [...mentioned].sort();
};

test('searches every file with json in its name, anywhere in the file', async (t) => {
  const directory = temporaryDirectory(t);
  t.deepEqual(await look(directory), []);
  for (const name of ['best.json', 'model.json.bak', 'Model.JSON', 'model.json~']) {
    writeFileSync(join(directory, name), naming(A));
    t.deepEqual(await look(directory), [A], name);
    unlinkSync(join(directory, name));
  }
  writeFileSync(join(directory, 'notes.txt'), naming(A));
  writeFileSync(join(directory, 'broken.json'), `{"modelTopology": ${B}`);
  t.deepEqual(await look(directory), [B]);
});

test('finds a name across the chunks of a long model.json', async (t) => {
  const directory = temporaryDirectory(t);
  for (const around of [2 ** 20, 2 ** 21]) {
    for (const shift of [0, 10, 40, 60, 80]) {
      writeFileSync(join(directory, 'best.json'), naming(B, 'x'.repeat(around - shift)));
      t.deepEqual(await look(directory), [B], `${around} − ${shift}`);
    }
  }
});

test('reads only the beginning of a long file that is not a model.json', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'annotations.json'), JSON.stringify({images: 'x'.repeat(2 ** 23), name: A}));
  let read = 0;
  const files = watchedFiles((operation) => {
    if (operation === 'read') read++;
  });
  t.deepEqual(await look(directory, files), []);
  t.is(read, 1);
});

test('returns undefined if it cannot tell', async (t) => {
  const directory = temporaryDirectory(t);
  for (let i = 0; i < 1001; i++) writeFileSync(join(directory, `${i}.json`), '{}');
  t.is(await look(directory), undefined, 'too many files');
  unlinkSync(join(directory, '0.json'));
  t.deepEqual(await look(directory), []);
  const files = watchedFiles((operation, [path]) => {
    if (operation === 'open' && String(path).endsWith('7.json'))
      throw Object.assign(new Error('no'), {code: 'EACCES'});
  });
  t.is(await look(directory, files), undefined, 'an unreadable file');
});

const unlessWindows = process.platform === 'win32' ? test.skip : test;
unlessWindows('does not wait for a named pipe', async (t) => {
  const directory = temporaryDirectory(t);
  execFileSync('mkfifo', [join(directory, 'pipe.json')]);
  mkdirSync(join(directory, 'folder.json'));
  symlinkSync('nowhere', join(directory, 'dangling.json'));
  writeFileSync(join(directory, 'elsewhere'), naming(B));
  symlinkSync('elsewhere', join(directory, 'link.json'));
  t.deepEqual(await look(directory), [B]);
});

// A save renames its file at each operation of the search: one of the names must be seen.
test('sees a save that commits during the search', async (t) => {
  for (let at = 1; ; at++) {
    const directory = temporaryDirectory(t);
    const temporaries = new Temporaries();
    const hidden = join(directory, temporaries.name('json'));
    writeFileSync(hidden, naming(A));
    if (at % 2 === 0) writeFileSync(join(directory, 'model.json'), naming(B));
    let step = 0;
    const files = watchedFiles(() => {
      if (++step === Math.ceil(at / 2)) renameSync(hidden, join(directory, 'model.json'));
    });
    t.true((await look(directory, files))?.includes(A), `${basename(hidden)} renamed at operation ${at}`);
    temporaries.end();
    if (step < Math.ceil(at / 2)) break;
  }
});

test('sees a copy that is renamed during the search', async (t) => {
  const directory = temporaryDirectory(t);
  const [a, b] = ['a.json', 'b.json'].map((name) => join(directory, name));
  writeFileSync(a, naming(A));
  let renamed = false;
  const files = watchedFiles((operation) => {
    if (operation === 'stat' && !renamed) renameSync(a, b);
    renamed ||= operation === 'stat';
  });
  t.deepEqual(await look(directory, files), [A]);
});

test('returns undefined if files are renamed endlessly', async (t) => {
  const directory = temporaryDirectory(t);
  let name = join(directory, '0.json');
  writeFileSync(name, naming(A));
  let renames = 0;
  const files = watchedFiles((operation) => {
    if (operation !== 'stat') return;
    renameSync(name, join(directory, `${++renames}.json`));
    name = join(directory, `${renames}.json`);
  });
  t.is(await look(directory, files), undefined);
  t.is(renames, 5);
});
