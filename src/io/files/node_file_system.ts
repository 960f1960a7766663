import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import type {FileOperations} from './file_operations';
import type {FileSystemOptions} from './file_system_options';
import {loadModelFiles} from './load_model_files';
import {saveModelFiles} from './save_model_files';

/**
 * Saves to and loads from files on plain Node, in the format of tfjs-node and the Python converter. A save is atomic:
 * however it ends, the directory holds either the previous model or the new one, complete.
 */
export class NodeFileSystem implements tfc.io.IOHandler {
  /** @param path When saving, the model's directory, created if missing. When loading, its `model.json`. */
  constructor(
    private readonly path: string,
    private readonly options: FileSystemOptions = {},
    private readonly files?: FileOperations,
  ) {
    if (typeof path !== 'string' || path === '' || path.includes('\0'))
      reject('path', 'the path of a directory or of a model.json', path);
    checkOptions('fileSystem', options, ['allowOutside']);
    const {allowOutside} = options;
    if (allowOutside !== undefined && typeof allowOutside !== 'boolean')
      reject('allowOutside', 'true or false', allowOutside);
  }

  /** @throws ValueError for a topology that is not JSON; Error naming the directory when writing fails. */
  async save(artifacts: tfc.io.ModelArtifacts): Promise<tfc.io.SaveResult> {
    if (artifacts.modelTopology instanceof ArrayBuffer) {
      reject(
        'modelTopology',
        'a JSON topology, the only kind that model.json holds',
        artifacts.modelTopology,
      );
    }
    await saveModelFiles(this.path, artifacts, this.files);
    return {modelArtifactsInfo: tfc.io.getModelArtifactsInfoForJSON(artifacts)};
  }

  /** @throws ValueError naming the file that is missing, not JSON, of the wrong size or outside the folder. */
  async load(): Promise<tfc.io.ModelArtifacts> {
    const {modelJSON, weights} = await loadModelFiles(this.path, {...this.options, files: this.files});
    return tfc.io.getModelArtifactsForJSONSync(modelJSON, weights?.specs ?? [], weights?.data as ArrayBuffer);
  }
}
