import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {Cells} from '../../../models/moby-dick/cells';

test('a later run finds what an earlier one kept, under the same options only', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'tfjs-longtail-cells-'));
  t.teardown(() => rmSync(directory, {recursive: true, force: true}));
  const cells = new Cells<{a: number[]}>(directory, {epochs: 6});
  t.is(cells.get('ce-1'), undefined);
  cells.set('ce-1', {a: [1, 2]});
  t.deepEqual(new Cells<{a: number[]}>(directory, {epochs: 6}).get('ce-1'), {a: [1, 2]});
  t.true(cells.directoryOf('ce-1').startsWith(directory));
  t.is(new Cells<{a: number[]}>(directory, {epochs: 7}).get('ce-1'), undefined);
});
