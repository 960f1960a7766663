import * as fs from 'node:fs/promises';

/** The file operations that saving and loading use; tests pass failing ones. */
export type FileOperations = Pick<
  typeof fs,
  | 'lstat'
  | 'mkdir'
  | 'open'
  | 'readdir'
  | 'readFile'
  | 'readlink'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'stat'
>;

export {fs as nodeFiles};
