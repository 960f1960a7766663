import {posix, resolve, win32} from 'node:path';
import test from 'ava';
import {pathFromFileUrl} from '../../../src/io/files/file_url';

test('the path is everything after file://', (t) => {
  t.is(pathFromFileUrl('file://models/mine'), resolve('models/mine'));
  t.is(pathFromFileUrl('file://./models/mine'), resolve('models/mine'));
  t.is(pathFromFileUrl('file:///srv/models/mine', posix), '/srv/models/mine');
  t.is(pathFromFileUrl('file:///srv/a%20b/#1?.json', posix), '/srv/a%20b/#1?.json');
  t.is(pathFromFileUrl('file://', posix), '');
});

test('on Windows a drive may follow two or three slashes', (t) => {
  for (const url of ['file://C:\\models\\mine', 'file://C:/models/mine', 'file:///C:/models/mine']) {
    t.is(pathFromFileUrl(url, win32), 'C:\\models\\mine');
  }
});

test('returns null for other URLs', (t) => {
  for (const url of ['http://localhost/model.json', 'models/mine', 'FILE://x', 'localstorage://x', '']) {
    t.is(pathFromFileUrl(url), null);
  }
});
