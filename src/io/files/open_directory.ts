import type {CheckpointStore} from '../../core/checkpoint_store';
import {CheckpointDirectory} from './checkpoint_directory';
import {pathFromFileUrl} from './file_url';

/** Opens the store of checkpoints in a directory, given by its path or its `file://` URL. */
export function openDirectory(path: string): CheckpointStore {
  return new CheckpointDirectory(pathFromFileUrl(path) ?? path);
}
