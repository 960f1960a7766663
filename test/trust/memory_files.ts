import {posix} from 'node:path';
import type {FileOperations} from '../../src/io/files/file_operations';

const missing = (path: string) => Object.assign(new Error(`ENOENT: ${path}`), {code: 'ENOENT'});

/** What a load asks of the file system, answered from memory: no file of a disk can be reached through it. */
export function memoryFiles(contents: Record<string, Uint8Array>): FileOperations {
  const find = (path: string): Uint8Array => {
    const found = contents[posix.normalize(path)];
    if (found === undefined) throw missing(path);
    return found;
  };
  const stat = async (path: string) => {
    const {length} = find(path);
    return {isFile: () => true, isDirectory: () => false, size: length, ino: 1, mtimeNs: 1};
  };
  const open = async (path: string) => {
    const bytes = find(path);
    const read = async (target: Uint8Array, offset: number, length: number, position: number) => {
      const part = bytes.subarray(position, position + length);
      target.set(part, offset);
      return {bytesRead: part.length};
    };
    return {read, close: async () => {}};
  };
  const readFile = async (path: string) => Buffer.from(find(path)).toString('utf8');
  const realpath = async (path: string) => path;
  return {stat, open, readFile, realpath} as unknown as FileOperations;
}
