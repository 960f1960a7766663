import {createHash} from 'node:crypto';
import type {Stats} from 'node:fs';
import {join} from 'node:path';
import {reject} from '../../core/errors';
import type {FileOperations} from './file_operations';

/**
 * Hexadecimal digits of the content's SHA-256 in a name. Longer names are used if other files hold the shorter ones.
 */
const DIGITS = [16, 32, 64];
const CHUNK_BYTES = 2 ** 20;

export const OWN_WEIGHTS = /^weights\.([0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{64})\.bin$/;

export function weightsName(digest: string): string {
  return `weights.${digest}.bin`;
}

// Files this process wrote, which need no reading. Bounded, as programs may save to any number of places.
const MOST_WRITTEN = 1000;
const written = new Map<string, string>();

/** Records that this process has just written a weights file. */
export async function noteWritten(files: FileOperations, path: string): Promise<void> {
  written.set(path, stampOf(await files.lstat(path)));
  for (const oldest of written.keys()) if (written.size > MOST_WRITTEN) written.delete(oldest);
}

function stampOf({dev, ino, size, mtimeMs, ctimeMs}: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

/** Whether this package wrote the file: a regular file named after its content. */
export async function isOwnWeights(files: FileOperations, directory: string, name: string): Promise<boolean> {
  const digest = OWN_WEIGHTS.exec(name)?.[1];
  if (digest === undefined) return false;
  const path = join(directory, name);
  const stats = await files.lstat(path);
  if (!stats.isFile()) return false;
  if (written.get(path) === stampOf(stats)) return true;
  return (await digestOf(files, path)).startsWith(digest);
}

/** The shortest name for content with this digest that no other file holds in any of the directories. */
export async function freeWeightsName(
  files: FileOperations,
  directories: string[],
  digest: string,
): Promise<string> {
  for (const digits of DIGITS) {
    const name = weightsName(digest.slice(0, digits));
    const free = await Promise.all(directories.map((directory) => isFreeOrSame(files, directory, name)));
    if (free.every(Boolean)) return name;
  }
  return reject('directory', `one without foreign files called ${weightsName(digest)}`, directories[0]);
}

async function isFreeOrSame(files: FileOperations, directory: string, name: string): Promise<boolean> {
  try {
    return await isOwnWeights(files, directory, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

async function digestOf(files: FileOperations, path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await files.open(path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const {bytesRead} = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
