import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';

/** Makes a directory that is removed when the test ends. */
export function temporaryDirectory(t: Pick<ExecutionContext, 'teardown'>): string {
  const path = mkdtempSync(join(tmpdir(), 'tfjs-longtail-'));
  t.teardown(() => rmSync(path, {recursive: true, force: true}));
  return path;
}
