import {resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {io} from '@tensorflow/tfjs-core';
import {reject, ValueError} from '../../core/errors';
import {type FileOperations, nodeFiles} from './file_operations';
import {MissingWeights, readWeights} from './read_weights';

export interface ModelFiles {
  modelJSON: io.ModelJSON;
  /** Absent if model.json has no `weightsManifest`. */
  weights?: {specs: io.WeightsManifestEntry[]; data: ArrayBuffer};
}

export interface LoadOptions {
  /** Whether weights may lie outside the folder of model.json. */
  allowOutside?: boolean;
  files?: FileOperations;
}

// V8's longest string, in bytes.
const MOST_JSON_BYTES = 2 ** 29 - 25;
const MOST_READINGS = 100;
// Retries cover the moment in which another save has set weights aside.
const MOST_PAUSES = 5;
const PAUSE_MS = 10;

/**
 * Reads a `model.json` and the weights that it lists, in any number of groups and shards, straight into one buffer. If
 * a save replaces the model meanwhile, it is read again, so that two models are never mixed.
 *
 * @throws ValueError naming a file that is missing, not a regular file, not JSON, of another size than `model.json`
 *   states, or outside its folder.
 */
export async function loadModelFiles(
  path: string,
  {allowOutside = false, files = nodeFiles}: LoadOptions = {},
): Promise<ModelFiles> {
  const file = resolve(path);
  let pauses = 0;
  for (let readings = 1; ; readings++) {
    const version = await fileVersion(files, file);
    try {
      const modelJSON = await readModelJSON(files, file);
      const {weightsManifest} = modelJSON;
      return weightsManifest == null
        ? {modelJSON}
        : {modelJSON, weights: await readWeights(files, weightsManifest, file, allowOutside)};
    } catch (error) {
      if (readings === MOST_READINGS) throw error;
      if ((await fileVersion(files, file)) !== version) continue;
      if (!(error instanceof MissingWeights) || pauses++ === MOST_PAUSES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

// Saving renames a new file over model.json.
async function fileVersion(files: FileOperations, path: string): Promise<string> {
  const expectation = 'a model.json file';
  const stats = await files.stat(path, {bigint: true}).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      throw new ValueError(`Expected \`${path}\` to be ${expectation}. Received: no such file`);
    }
    throw error;
  });
  if (!stats.isFile()) reject(path, expectation, stats.isDirectory() ? 'a directory' : 'no regular file');
  if (stats.size > MOST_JSON_BYTES) reject(path, `at most ${MOST_JSON_BYTES} bytes long`, Number(stats.size));
  return `${stats.ino} ${stats.mtimeNs}`;
}

async function readModelJSON(files: FileOperations, path: string): Promise<io.ModelJSON> {
  const text = await files.readFile(path, 'utf8');
  let json: io.ModelJSON;
  try {
    json = JSON.parse(text);
  } catch (error) {
    reject(path, 'valid JSON', (error as Error).message);
  }
  if (json?.modelTopology == null && json?.weightsManifest == null) {
    reject(path, 'a model.json with a modelTopology or a weightsManifest', json);
  }
  return json;
}
