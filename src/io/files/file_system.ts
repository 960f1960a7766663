import type {io} from '@tensorflow/tfjs-core';
import type {FileSystemOptions} from './file_system_options';
import {NodeFileSystem} from './node_file_system';

export type {FileSystemOptions};

/**
 * A handler for `model.save(fileSystem('models/mine'))` and `tf.loadLayersModel(fileSystem('models/mine/model.json'))`.
 * On plain Node `file://` URLs do the same; with tfjs-node, whose own handler answers those, use this to save
 * atomically.
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
 * @param path When saving, the model's directory, created if missing. When loading, its `model.json`.
 * @param options.allowOutside Whether to read weights outside the folder of `model.json`. Default: false.
 * @throws ValueError for an empty path or unknown options.
 */
export function fileSystem(path: string, options: FileSystemOptions = {}): io.IOHandler {
  return new NodeFileSystem(path, options);
}
