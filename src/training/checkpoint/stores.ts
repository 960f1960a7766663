import {io} from '@tensorflow/tfjs-core';
import {type CheckpointStore, directories} from '../../core/checkpoint_store';
import {reject} from '../../core/errors';

const METHODS = ['list', 'handler', 'remove'] as const;
const SCHEME = /^[a-z]+:\/\//;

/**
 * Returns the store that the first argument of `checkpoint` and `resume` denotes.
 *
 * @throws ValueError for anything else, and for a path where there is no file system.
 */
export function storeOf(target: unknown): CheckpointStore {
  if (typeof target === 'string' && SCHEME.test(target) && !target.startsWith('file://'))
    return urlStore(target);
  if (typeof target === 'string' && target !== '') {
    if (directories.open !== undefined) return directories.open(target);
    return reject(
      'directory',
      "a URL such as 'indexeddb://run' or a CheckpointStore (paths need Node, and an import of 'tfjs-longtail')",
      target,
    );
  }
  const store = (typeof target === 'object' ? target : {}) as Partial<CheckpointStore> | null;
  if (METHODS.every((method) => typeof store?.[method] === 'function')) return store as CheckpointStore;
  return reject(
    'directory',
    `the path of a directory, a URL, or an object with ${METHODS.join(', ')}`,
    target,
  );
}

/** Models that tfjs's own managers list: `indexeddb://` and `localstorage://`. */
function urlStore(prefix: string): CheckpointStore {
  const start = prefix.endsWith('/') ? prefix : `${prefix}/`;
  return {
    list: async () =>
      Object.keys(await io.listModels())
        .filter((url) => url.startsWith(start))
        .map((url) => url.slice(start.length)),
    handler: (name) => {
      const [handler, ...others] = io.getSaveHandlers(start + name);
      if (handler === undefined || others.length > 0)
        reject('directory', 'a URL that one handler answers', prefix);
      return handler;
    },
    remove: async (name) => {
      await io.removeModel(start + name);
    },
  };
}
