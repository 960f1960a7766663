/**
 * Losses, metrics and tools for long-tailed recognition. Importing the package hooks into `LayersModel` of
 * TensorFlow.js, so that its loss and metric objects are saved and loaded with a model. `fileSystem` is there on Node
 * alone.
 *
 * @module tfjs-longtail
 */
import {directories} from './core/checkpoint_store';
import {CheckpointDirectory} from './io/files/checkpoint_directory';
import {registerFileRouter} from './io/files/file_router';
import {pathFromFileUrl} from './io/files/file_url';
import {NodeFileSystem} from './io/files/node_file_system';
import {loadedLayers} from './io/loaded_layers';
import {liftOnLoad} from './serialization/keras/install_keras_lift';
import {watchForSecondTfjs} from './serialization/second_tfjs';

liftOnLoad(NodeFileSystem.prototype);
registerFileRouter(liftOnLoad);
watchForSecondTfjs(loadedLayers);
directories.open = (path) => new CheckpointDirectory(pathFromFileUrl(path) ?? path);

export * from './index';
export {type FileSystemOptions, fileSystem} from './io/files/file_system';
export {jsonLog} from './io/json_log';
