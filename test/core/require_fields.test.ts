import test from 'ava';
import {optional, requireFields, requireRecords} from '../../src/core/require_fields';
import {requireNumber} from '../../src/core/require_number';
import {requireString} from '../../src/core/require_string';

const fields = {name: requireString, size: optional(requireNumber)};

test('fields are checked by their paths; additional ones pass', (t) => {
  t.notThrows(() => requireFields('a', {name: 'x', other: 3}, fields));
  t.throws(() => requireFields('a', {name: 3}, fields), {
    name: 'ValueError',
    message: /`a\.name` to be a string/,
  });
  t.throws(() => requireFields('a', {name: 'x', size: null}, fields), {message: /`a\.size` to be a finite/});
  t.throws(() => requireFields('a', null, fields), {message: /`a` to be an object/});
});

test('so are those of records, of which a minimum may be required', (t) => {
  t.notThrows(() => requireRecords('a', [{name: 'x', size: 1}], fields));
  t.notThrows(() => requireRecords('a', [], fields, 0));
  t.throws(() => requireRecords('a', [], fields), {name: 'ValueError', message: /at least 1 long/});
  t.throws(() => requireRecords('a', [{name: 'x'}, {}], fields), {message: /`a\[1\]\.name` to be a string/});
  t.throws(() => requireRecords('a', new Array(1), fields), {message: /`a\[0\]` to be an object/});
});
