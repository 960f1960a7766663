import type {io} from '@tensorflow/tfjs-core';
import {PROTOCOL} from './across_copies';
import {ofProcess} from './of_process';

/**
 * A store of checkpoints, by name. `checkpoint` and `resume` accept the path of a directory on Node and the URL of
 * IndexedDB or local storage in the browser; implement this interface for anything else.
 */
export interface CheckpointStore {
  /** Names of the checkpoints saved completely, in any order. */
  list(): Promise<string[]>;
  /** Saves and loads one checkpoint. A save must be atomic. */
  handler(name: string): io.IOHandler;
  /** Deletes one checkpoint. */
  remove(name: string): Promise<void>;
}

/** Opens directories: set if the package runs on Node, of which code that runs everywhere knows nothing. */
export const directories = ofProcess<{open?: (path: string) => CheckpointStore}>(
  `checkpointDirectories.${PROTOCOL}`,
  () => ({}),
);
