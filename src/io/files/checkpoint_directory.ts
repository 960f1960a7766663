import {basename, join} from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import type {CheckpointStore} from '../../core/checkpoint_store';
import {reject} from '../../core/errors';
import {clearWeights} from './clear_weights';
import {type FileOperations, nodeFiles} from './file_operations';
import {MODEL_JSON} from './mentions';
import {NodeFileSystem} from './node_file_system';

const NAME = /^checkpoint-\d{6,}-epoch-\d+(-batch-\d+)?$/;

/** Checkpoints in a directory, each a folder with a `model.json` and its weights. */
export class CheckpointDirectory implements CheckpointStore {
  constructor(
    private readonly path: string,
    private readonly files: FileOperations = nodeFiles,
  ) {
    if (typeof path !== 'string' || path === '' || path.includes('\0'))
      reject('directory', 'the path of a directory', path);
  }

  /** Lists those with a model.json, the last file that a save renames into place. */
  async list(): Promise<string[]> {
    const names: string[] = [];
    for (const name of await this.folders()) if (await this.isWhole(name)) names.push(name);
    return names;
  }

  /** Saving also clears leftovers of killed saves of other checkpoints. */
  handler(name: string): io.IOHandler {
    const folder = join(this.path, basename(name));
    return {
      load: () => new NodeFileSystem(join(folder, MODEL_JSON), {}, this.files).load(),
      save: async (artifacts) => {
        const result = await new NodeFileSystem(folder, {}, this.files).save(artifacts);
        for (const other of await this.folders()) {
          if (other !== name && !(await this.isWhole(other))) await this.clear(other);
        }
        return result;
      },
    };
  }

  /** Deletes the model.json, the weights that this package wrote, and the folder if nothing else is in it. */
  async remove(name: string): Promise<void> {
    if (!NAME.test(name)) reject('name', 'the name of a checkpoint', name);
    await this.files.rm(join(this.path, name, MODEL_JSON), {force: true});
    await this.clear(name);
  }

  private async clear(name: string): Promise<void> {
    const folder = join(this.path, name);
    try {
      await clearWeights(this.files, folder);
      await this.files.rmdir(folder);
    } catch {
      // Another save may be running there, or the user may keep a file there; the next save tries again.
    }
  }

  private async folders(): Promise<string[]> {
    const names = await this.files.readdir(this.path).catch((error) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => NAME.test(name)).sort();
  }

  private isWhole(name: string): Promise<boolean> {
    return this.files.lstat(join(this.path, name, MODEL_JSON)).then(
      () => true,
      (error) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
        throw error;
      },
    );
  }
}
