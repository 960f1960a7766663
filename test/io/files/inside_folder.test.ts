import test from 'ava';
import {staysInside} from '../../../src/io/files/inside_folder';

test('accepts relative paths that stay inside', (t) => {
  const inside = [
    'weights.bin',
    './weights.bin',
    'a/b/weights.bin',
    'a/../weights.bin',
    '..weights.bin',
    'a..b/c',
  ];
  for (const path of [...inside, '100%.bin', '50%25.bin', 'a b.bin', 'ü.bin', '...'])
    t.true(staysInside(path), path);
});

test('refuses all others, on every system and for readers that decode', (t) => {
  const climbing = ['../..', '../x', 'a/../../x', './../x', '..\\x', 'a\\..\\..\\x', 'a/..\\../x'];
  const encoded = [
    '%2e%2e/x',
    '%2E%2e%2Fx',
    '..%2fx',
    '%2fetc/passwd',
    '%5c%5chost',
    'a/%2e%2e/%2e%2e/x',
    '%2e%2e/%zz',
  ];
  const rooted = ['/etc/passwd', '\\x', '\\\\host\\share', 'C:/x', 'c:x', 'C:\\x', 'c%3a/x'];
  for (const path of [...climbing, ...encoded, ...rooted, 'a\0b', 'a%00b']) t.false(staysInside(path), path);
});
