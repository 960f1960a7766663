import {createHash, randomBytes} from 'node:crypto';
import {readlinkSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {threadId} from 'node:worker_threads';
import {ofProcess} from '../../core/of_process';
import type {FileOperations} from './file_operations';
import {weightsName} from './own_weights';

// `saving` and `clearing` are the empty marks of version 0.1. `old` is a weights file about to be removed.
const TEMPORARY =
  /^\.tfjs-longtail-(([0-9a-f]{8})-([1-9]\d{0,9})-(\d{1,9})-[0-9a-f]{12})\.(?:(weights|json)|(saving|clearing)|([0-9a-f]{16,64})\.old)$/;

// Process ids are reused, and those of another machine cannot be looked up: a file not written to for this long belongs
// to no running save.
const STALE_MS = 36e5;

const digest8 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
// Filled on first use, not on import: most programs save nothing.
let known: string[] | undefined;
const hosts = () => {
  known ??= [digest8(`${hostname()} ${processNamespace()}`), digest8(hostname())];
  return known;
};

// Shared by all copies of this package in this thread, so that none mistakes another's files for leftovers.
const ownSaves = ofProcess('saves', () => new Set<string>());

/** Makes names, unique to one save, of the hidden files that it writes before renaming them. */
export class Temporaries {
  private readonly id = `${hosts()[0]}-${process.pid}-${threadId}-${randomBytes(6).toString('hex')}`;

  constructor() {
    ownSaves.add(this.id);
  }

  name(kind: 'weights' | 'json' | `${string}.old`): string {
    return `.tfjs-longtail-${this.id}.${kind}`;
  }

  /** Ends the save: its remaining files become leftovers. */
  end(): void {
    ownSaves.delete(this.id);
  }
}

/**
 * Removes leftovers of ended saves from a directory, including the marks of version 0.1: regular files with our names
 * whose process is dead, or that were not written to for an hour. A weights file that was about to be removed is put
 * back, for the next clearing to judge.
 *
 * @returns Whether another save may be running. Marks do not count: a save of version 0.1 has written its files before
 *   it matters.
 */
export async function removeLeftovers(files: FileOperations, directory: string): Promise<boolean> {
  let others = false;
  for (const name of await files.readdir(directory)) {
    const [, id, host, pid, thread, , mark, old] = TEMPORARY.exec(name) ?? [];
    if (id === undefined) continue;
    const path = join(directory, name);
    const stats = await files.lstat(path).catch(() => undefined);
    if (!stats?.isFile() || (mark !== undefined && stats.size > 0)) continue;
    const age = Math.abs(Date.now() - stats.mtimeMs);
    if (ownSaves.has(id) || (age < STALE_MS && !isDead(host, Number(pid), Number(thread))))
      others ||= mark === undefined;
    else if (old === undefined || (await isThere(files, join(directory, weightsName(old)))))
      await files.rm(path).catch(() => {});
    else await files.rename(path, join(directory, weightsName(old))).catch(() => {});
  }
  return others;
}

function isThere(files: FileOperations, path: string): Promise<boolean> {
  return files.lstat(path).then(
    () => true,
    (error) => error.code !== 'ENOENT',
  );
}

/** Whether the process is certainly gone. `thread` is assumed to be alive, unless it is this one. */
function isDead(host: string, pid: number, thread: number): boolean {
  if (!hosts().includes(host)) return false;
  // A restarted container often gets the process id of its dead predecessor.
  if (pid === process.pid) return thread === threadId;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

// Containers may share a host name and a directory, but not process ids.
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
