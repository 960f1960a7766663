import type {FileHandle} from 'node:fs/promises';
import {type FileOperations, nodeFiles} from '../../../src/io/files/file_operations';

const OF_HANDLES = ['chmod', 'chown', 'close', 'read', 'stat', 'sync', 'writeFile'];

/**
 * Node's file operations, with `before` called ahead of each, including those of handles. Its errors are thrown
 * instead; `close` closes even then. `half` writes half of what a write would.
 */
export function watchedFiles(
  before: (operation: string, args: unknown[], half: () => Promise<unknown>) => void | Promise<void>,
): FileOperations {
  const watched = (object: object, names?: string[]): object =>
    new Proxy(object, {
      get(target, name: string) {
        const original = Reflect.get(target, name);
        if (typeof original !== 'function') return original;
        if (names !== undefined && !names.includes(name)) return original.bind(target);
        return async (...args: unknown[]) => {
          try {
            await before(name, args, () => original.call(target, halfOf(args[0])));
          } catch (error) {
            if (name === 'close') await original.apply(target, args);
            throw error;
          }
          const result = await original.apply(target, args);
          return name === 'open' ? watched(result as FileHandle, OF_HANDLES) : result;
        };
      },
    });
  return watched({...nodeFiles}) as FileOperations;
}

const halfOf = (data: unknown) => (data as Buffer).subarray(0, (data as Buffer).length / 2);

/** File operations of which number `n` (from 1) fails with EIO; `done` returns how many were started. */
export function failingFiles(n: number): {files: FileOperations; done: () => number} {
  let count = 0;
  const files = watchedFiles((operation) => {
    if (++count === n) throw Object.assign(new Error(`EIO: i/o error, ${operation}`), {code: 'EIO'});
  });
  return {files, done: () => count};
}
