import type {io} from '@tensorflow/tfjs-core';
import {PROTOCOL} from './across_copies';
import {ofProcess} from './of_process';

/**
 * Where checkpoints are kept, by name. `checkpoint` and `resume` take the path of a directory on Node and the URL of
 * IndexedDB or local storage in the browser; an object of this kind is for anything else.
 */
export interface CheckpointStore {
  /** The names of what was saved, in any order; nothing that was not saved to its end. */
  list(): Promise<string[]>;
  /** Saves and loads one checkpoint. A save must be atomic. */
  handler(name: string): io.IOHandler;
  /** Deletes one checkpoint. */
  remove(name: string): Promise<void>;
}

/** What opens directories: set where the package runs on Node, of which rooms that run everywhere know nothing. */
export const directories = ofProcess<{open?: (path: string) => CheckpointStore}>(
  `checkpointDirectories.${PROTOCOL}`,
  () => ({}),
);
