import type {io} from '@tensorflow/tfjs-core';
import type {FileSystemOptions} from './file_system_options';
import {NodeFileSystem} from './node_file_system';

export type {FileSystemOptions};

/**
 * A handler for `model.save(fileSystem('models/mine'))` and `tf.loadLayersModel(fileSystem('models/mine/model.json'))`.
 * On plain Node the `file://` URLs do the same; beside tfjs-node, whose own handler answers those, this is the way
 * to save atomically.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import {fileSystem} from 'tfjs-longtail';
 *
 * await model.save(fileSystem('models/mine'), {includeOptimizer: true});
 * const again = await tf.loadLayersModel(fileSystem('models/mine/model.json'));
 * ```
 *
 * @param path To save: the model's directory, made if missing. To load: its `model.json`.
 * @param options.allowOutside Whether to read weights outside the folder of `model.json`. Default: false.
 * @throws ValueError for an empty path or unknown options.
 */
export function fileSystem(path: string, options: FileSystemOptions = {}): io.IOHandler {
  return new NodeFileSystem(path, options);
}
