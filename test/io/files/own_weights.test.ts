import {createHash} from 'node:crypto';
import {mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {nodeFiles} from '../../../src/io/files/file_operations';
import {freeWeightsName, isOwnWeights, noteWritten} from '../../../src/io/files/own_weights';
import {watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';

const content = Buffer.alloc(3 * 2 ** 20 + 5, 'content');
const digest = createHash('sha256').update(content).digest('hex');
const names = [16, 32, 64].map((digits) => `weights.${digest.slice(0, digits)}.bin`);

test('recognizes own weights: regular files named after their content', async (t) => {
  const directory = temporaryDirectory(t);
  const isOwn = (name: string) => isOwnWeights(nodeFiles, directory, name);
  for (const name of names) {
    writeFileSync(join(directory, name), content);
    t.true(await isOwn(name));
  }
  writeFileSync(join(directory, names[0]), content.subarray(1));
  t.false(await isOwn(names[0]), 'other content');
  const others = ['weights.bin', '.env', `weights.${digest.slice(0, 17)}.bin`, `x${names[0]}`];
  for (const name of others) {
    writeFileSync(join(directory, name), content);
    t.false(await isOwn(name), name);
  }
  const [link, folder] = ['weights.00000000000000ff.bin', 'weights.0000000000000fff.bin'];
  symlinkSync(names[1], join(directory, link));
  mkdirSync(join(directory, folder));
  t.false(await isOwn(link));
  t.false(await isOwn(folder));
});

test('does not read files that this process wrote, until they change', async (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, names[0]);
  let opened = 0;
  const files = watchedFiles((operation) => {
    if (operation === 'open') opened++;
  });
  writeFileSync(path, content);
  await noteWritten(files, path);
  t.true(await isOwnWeights(files, directory, names[0]));
  t.is(opened, 0);
  const {atime, mtime} = statSync(path);
  writeFileSync(path, Buffer.alloc(content.length));
  utimesSync(path, atime, mtime);
  t.false(await isOwnWeights(files, directory, names[0]), 'same size and time, but another file');
  t.is(opened, 1);
});

test('avoids names of other files', async (t) => {
  const [first, second] = [temporaryDirectory(t), temporaryDirectory(t)];
  const free = () => freeWeightsName(nodeFiles, [first, second], digest);
  t.is(await free(), names[0]);
  writeFileSync(join(second, names[0]), content);
  t.is(await free(), names[0], 'the same content');
  mkdirSync(join(first, names[0]));
  t.is(await free(), names[1]);
  writeFileSync(join(second, names[1]), 'other content');
  t.is(await free(), names[2]);
  symlinkSync('nowhere', join(second, names[2]));
  await t.throwsAsync(free(), {name: 'ValueError', message: /without foreign files/});
});
