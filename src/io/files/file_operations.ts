import * as fs from 'node:fs/promises';

/** The operations on files that saving and loading take; a test hands over ones that fail. */
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
