/**
 * Losses, metrics and tools for long-tailed recognition. Importing the package hooks into `LayersModel` of
 * TensorFlow.js, so that its loss and metric objects are saved and loaded with a model. `fileSystem` is there on Node
 * alone.
 *
 * @module tfjs-longtail
 */
import {directories} from './core/checkpoint_store';
import {registerFileRouter} from './io/files/file_router';
import {NodeFileSystem} from './io/files/node_file_system';
import {openDirectory} from './io/files/open_directory';
import {loadedLayers} from './io/loaded_layers';
import {guardCopies} from './serialization/guard_copies';
import {liftOnLoad} from './serialization/keras/install_keras_lift';
import {watchForSecondTfjs} from './serialization/second_tfjs';

liftOnLoad(NodeFileSystem.prototype);
registerFileRouter(liftOnLoad);
watchForSecondTfjs(guardCopies(loadedLayers));
directories.open = openDirectory;

export * from './index';
export {type FileSystemOptions, fileSystem} from './io/files/file_system';
export {jsonLog} from './io/json_log';
