import test from 'ava';
import {namedEntries} from '../../src/report/named_entries';

test('reads values by name or in a list, with their paths for messages', (t) => {
  t.deepEqual(namedEntries('runs', {b: 1, a: 2}, 'run', 'runs'), [
    {name: 'b', value: 1, path: 'runs.b'},
    {name: 'a', value: 2, path: 'runs.a'},
  ]);
  t.deepEqual(namedEntries('runs', [{name: '1', run: 3}], 'run', 'runs'), [
    {name: '1', value: 3, path: 'runs[0].run'},
  ]);
});

test('refuses anything else, names that are not strings, and repeated names', (t) => {
  const wrong: [given: unknown, message: RegExp][] = [
    [undefined, /`runs` to be an object/],
    ['x', /`runs`/],
    [[null], /`runs\[0\]` to be an object/],
    [new Array(1), /`runs\[0\]` to be an object/],
    [[{name: 3}], /`runs\[0\]\.name` to be a string/],
    [[{name: 'a'}, {name: 'a'}], /`runs` to be histories of different names\. Received: \["a", "a"\]/],
  ];
  for (const [given, message] of wrong) {
    t.throws(() => namedEntries('runs', given, 'run', 'histories'), {name: 'ValueError', message});
  }
});
