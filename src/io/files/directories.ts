import {dirname} from 'node:path';
import {reject} from '../../core/errors';
import type {FileOperations} from './file_operations';

// Errors from directories that may be entered but not read, and from file systems that cannot sync directories.
const UNSYNCABLE = ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EISDIR'];

/** Creates a directory and its parents if missing, so that they survive a power cut. */
export async function makeDirectory(files: FileOperations, path: string): Promise<void> {
  const first = await files.mkdir(path, {recursive: true}).catch((error) => {
    if (error.code === 'EEXIST') reject(path, 'a directory or a path that does not exist yet', 'a file');
    throw error;
  });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) {
    await syncDirectory(files, dirname(made));
  }
}

/** Makes the names in a directory survive a power cut, if the system supports it. */
export async function syncDirectory(files: FileOperations, path: string): Promise<void> {
  // Windows can neither open nor sync a directory; NTFS journals the renames.
  if (process.platform === 'win32') return;
  try {
    const handle = await files.open(path);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!UNSYNCABLE.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
