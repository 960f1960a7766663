import {join} from 'node:path';
import type {FileOperations} from './file_operations';
import {mentionedIn} from './mentions';
import {isOwnWeights, OWN_WEIGHTS} from './own_weights';
import {removeLeftovers, Temporaries} from './temporaries';

// While others save, weights younger than this may be about to be referenced.
const GRACE_MS = 6e4;

/**
 * Removes weights files that this package wrote, judged by name and content, and that no JSON file in the directory
 * mentions.
 *
 * There are no locks. A save writes its whole model.json under a hidden name before it renames its weights into place,
 * so that the search for mentions finds it. As this may happen between search and removal, a file is first set aside
 * under a hidden name, and put back if a second search finds it mentioned after all.
 */
export async function clearWeights(files: FileOperations, directory: string): Promise<void> {
  const others = await removeLeftovers(files, directory);
  const candidates = (await files.readdir(directory)).filter((name) => OWN_WEIGHTS.test(name));
  const free = await unmentioned(files, directory, candidates);
  const temporaries = new Temporaries();
  try {
    for (const name of free) {
      await removeWeights(files, directory, name, others ? GRACE_MS : 0, temporaries).catch(() => {});
    }
  } finally {
    temporaries.end();
  }
}

async function unmentioned(files: FileOperations, directory: string, names: string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const mentioned = await mentionedIn(files, directory, names);
  return mentioned === undefined ? [] : names.filter((name) => !mentioned.has(name));
}

async function removeWeights(
  files: FileOperations,
  directory: string,
  name: string,
  minimalAge: number,
  temporaries: Temporaries,
): Promise<void> {
  const path = join(directory, name);
  const before = await files.lstat(path);
  if (Math.abs(Date.now() - before.mtimeMs) < minimalAge) return;
  if (!(await isOwnWeights(files, directory, name))) return;
  const aside = join(directory, temporaries.name(`${name.split('.')[1]}.old`));
  await files.rename(path, aside);
  let goes = false;
  try {
    const {ino, size, mtimeMs} = await files.lstat(aside);
    const isSame = ino === before.ino && size === before.size && mtimeMs === before.mtimeMs;
    goes = isSame && (await unmentioned(files, directory, [name])).length === 1;
  } finally {
    if (!goes) await files.rename(aside, path);
  }
  // Another process may have removed it by now.
  await files.rm(aside, {force: true});
}
