import {join} from 'node:path';
import type {FileOperations} from './file_operations';

/** The file of a model that names its weights. */
export const MODEL_JSON = 'model.json';
const TRIES = 5;
// Far more than the models in one directory need; a directory of annotations may hold any number.
const MOST_FILES = 1000;
const MOST_BYTES = 2 ** 30;
const CHUNK_BYTES = 2 ** 20;
const MODEL_KEY = /"(?:modelTopology|weightsManifest|format|generatedBy|convertedBy)"/;

/**
 * Returns those of `names` that occur in any JSON file of the directory: a model.json, a copy under any name with
 * `json` in it, or one that another save is about to rename. Reads only the beginning of a file over a megabyte that
 * does not start like a model.json.
 *
 * A save renames a hidden file over model.json, so model.json is read last. If a listed file is gone, all are read
 * again.
 *
 * @returns undefined if there are too many files, or unreadable ones.
 */
export async function mentionedIn(
  files: FileOperations,
  directory: string,
  names: string[],
): Promise<Set<string> | undefined> {
  for (let i = 0; i < TRIES; i++) {
    const mentioned = await lookOnce(files, directory, names);
    if (mentioned !== 'changed') return mentioned;
  }
  return undefined;
}

async function lookOnce(
  files: FileOperations,
  directory: string,
  names: string[],
): Promise<Set<string> | undefined | 'changed'> {
  const listed = (await files.readdir(directory)).filter((name) => /json/i.test(name));
  if (listed.length > MOST_FILES) return undefined;
  const order = [...listed.filter((name) => name !== MODEL_JSON), MODEL_JSON];
  const mentioned = new Set<string>();
  let budget = MOST_BYTES;
  for (const name of order) {
    try {
      budget -= await addMentions(files, join(directory, name), names, mentioned, budget);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
      if (listed.includes(name) && !(await isDanglingLink(files, join(directory, name)))) return 'changed';
    }
    if (budget < 0) return undefined;
  }
  return mentioned;
}

async function isDanglingLink(files: FileOperations, path: string): Promise<boolean> {
  return files.lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
}

/** Returns the number of bytes read, or more than `budget`. */
async function addMentions(
  files: FileOperations,
  path: string,
  names: string[],
  mentioned: Set<string>,
  budget: number,
): Promise<number> {
  // Opening a named pipe would wait for its writer.
  if (!(await files.stat(path)).isFile()) return 0;
  const longest = Math.max(...names.map((name) => name.length));
  const file = await files.open(path);
  try {
    const buffer = Buffer.alloc(longest + CHUNK_BYTES);
    let kept = 0;
    let total = 0;
    for (;;) {
      const {bytesRead} = await file.read(buffer, kept, CHUNK_BYTES, null);
      if (bytesRead === 0) return total;
      const text = buffer.subarray(0, kept + bytesRead);
      for (const name of names) if (text.includes(name)) mentioned.add(name);
      total += bytesRead;
      const isFirst = total === bytesRead;
      if (total > budget || (isFirst && !MODEL_KEY.test(text.toString('latin1')))) return total;
      kept = Math.min(longest, text.length);
      buffer.copyWithin(0, text.length - kept, text.length);
    }
  } finally {
    await file.close();
  }
}
