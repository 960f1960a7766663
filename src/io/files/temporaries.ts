import {createHash, randomBytes} from 'node:crypto';
import {readlinkSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {threadId} from 'node:worker_threads';
import {ofProcess} from '../../core/of_process';
import type {FileOperations} from './file_operations';
import {weightsName} from './own_weights';

// `saving` and `clearing` are the empty marks of version 0.1. `old` is a file of weights on its way out.
const TEMPORARY =
  /^\.tfjs-longtail-(([0-9a-f]{8})-([1-9]\d{0,9})-(\d{1,9})-[0-9a-f]{12})\.(?:(weights|json)|(saving|clearing)|([0-9a-f]{16,64})\.old)$/;

// A process id is used again one day, and another machine's cannot be looked up: a file that was not written to for
// this long belongs to no save any more.
const STALE_MS = 36e5;

const digest8 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
// Not while the package is imported: most programs save nothing.
let known: string[] | undefined;
const hosts = () => {
  known ??= [digest8(`${hostname()} ${processNamespace()}`), digest8(hostname())];
  return known;
};

// Shared by all copies of this package in this thread, so that none takes another's files for leftovers.
const ownSaves = ofProcess('saves', () => new Set<string>());

/** Names of the hidden files that one save writes before it renames them; no other save has the same. */
export class Temporaries {
  private readonly id = `${hosts()[0]}-${process.pid}-${threadId}-${randomBytes(6).toString('hex')}`;

  constructor() {
    ownSaves.add(this.id);
  }

  name(kind: 'weights' | 'json' | `${string}.old`): string {
    return `.tfjs-longtail-${this.id}.${kind}`;
  }

  /** Makes what is left of this save a leftover. */
  end(): void {
    ownSaves.delete(this.id);
  }
}

/**
 * Removes what ended saves left in a directory, among it the marks of version 0.1: regular files of our names whose
 * process is dead, or that nobody wrote to for an hour. A file of weights that was on its way out is put back, for
 * the next clearing to judge.
 *
 * @returns Whether another save may be under way. Marks tell nothing: a save of version 0.1 has written its files
 *   before it counts.
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

/** Whether the process is certainly gone. `thread` is alive for all we know, unless it is this one. */
function isDead(host: string, pid: number, thread: number): boolean {
  if (!hosts().includes(host)) return false;
  // A container that starts again often gets the id that its dead predecessor had.
  if (pid === process.pid) return thread === threadId;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

// Containers may share a host's name and a directory, but not the meaning of process ids.
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
