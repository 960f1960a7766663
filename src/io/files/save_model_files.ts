import {createHash} from 'node:crypto';
import {basename, dirname, join, resolve} from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {clearWeights} from './clear_weights';
import {makeDirectory, syncDirectory} from './directories';
import {type FileOperations, nodeFiles} from './file_operations';
import {MODEL_JSON} from './mentions';
import {freeWeightsName, noteWritten} from './own_weights';
import {removeLeftovers, Temporaries} from './temporaries';
import {type Access, writeDurably} from './write_durably';

const MOST_LINKS = 40;

const queues = new Map<string, Promise<void>>();

/**
 * Writes `model.json` and one file of weights, named after its content, into `directory`, created if missing. Renaming
 * `model.json` is the one step that replaces the previous model; a crash or an error anywhere leaves either the
 * previous model or the new one, complete. Saves of one process to one directory run one after another, in call order;
 * those of several processes do not wait for each other, and the last rename wins.
 *
 * @throws Error naming the directory when a file cannot be written; its `cause` is the system's error.
 */
export function saveModelFiles(
  directory: string,
  artifacts: io.ModelArtifacts,
  files: FileOperations = nodeFiles,
): Promise<void> {
  const path = resolve(directory);
  const before = queues.get(path) ?? Promise.resolve();
  const save = before.catch(() => {}).then(() => writeModel(files, path, artifacts));
  const done = () => {
    if (queues.get(path) === save) queues.delete(path);
  };
  queues.set(path, save);
  save.then(done, done);
  return save;
}

async function writeModel(files: FileOperations, path: string, artifacts: io.ModelArtifacts): Promise<void> {
  try {
    await makeDirectory(files, path);
    const directory = await files.realpath(path);
    const target = await followLinks(files, join(directory, MODEL_JSON));
    // If model.json is a link, write the weights next to link and target: loaders look next to the path they are given.
    const places = [...new Set([dirname(target), directory])];
    // Leftovers of killed saves must not keep a full disk full.
    for (const place of places) await removeLeftovers(files, place);
    try {
      await replaceModel(files, target, places, artifacts);
    } finally {
      // Files that cannot be deleted now do no harm, and the next save tries again.
      for (const place of places) await clearWeights(files, place).catch(() => {});
    }
  } catch (error) {
    throw new Error(`Could not save the model to ${path}: ${(error as Error).message}`, {cause: error});
  }
}

/** Follows symbolic links to the file that a path names, or would name. */
async function followLinks(files: FileOperations, path: string): Promise<string> {
  let file = path;
  for (let i = 0; i < MOST_LINKS; i++) {
    const stats = await lstatIfThere(files, file);
    if (!stats?.isSymbolicLink()) return join(await files.realpath(dirname(file)), basename(file));
    file = resolve(dirname(file), await files.readlink(file));
  }
  return reject(path, `a file at the end of at most ${MOST_LINKS} links`, file);
}

function lstatIfThere(files: FileOperations, path: string) {
  return files.lstat(path).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

// Writes everything that needs disk space before the first rename, and model.json before the weights are renamed, so
// that other saves see that they are about to be referenced.
async function replaceModel(
  files: FileOperations,
  target: string,
  places: string[],
  artifacts: io.ModelArtifacts,
): Promise<void> {
  const temporaries = new Temporaries();
  const [weights, json] = (['weights', 'json'] as const).map((kind) =>
    places.map((place) => join(place, temporaries.name(kind))),
  );
  const left = new Set([...weights, ...json]);
  try {
    const access: Access | undefined = await lstatIfThere(files, target);
    const shards = weightShards(artifacts);
    const hash = createHash('sha256');
    if (shards) await writeDurably(files, weights, shards, access, (chunk) => hash.update(chunk));
    const name = shards && (await freeWeightsName(files, places, hash.digest('hex')));
    const manifest = name === undefined ? name : [{paths: [name], weights: artifacts.weightSpecs ?? []}];
    const text = Buffer.from(JSON.stringify(modelJSON(artifacts, manifest)));
    await writeDurably(files, json, [text], access);
    for (const [i, place] of places.entries()) {
      if (name !== undefined) await putWeights(files, weights[i], join(place, name));
      left.delete(weights[i]);
      await syncDirectory(files, place);
    }
    await files.rename(json[0], target);
    left.delete(json[0]);
    await syncDirectory(files, places[0]);
  } finally {
    for (const path of left) await files.rm(path).catch(() => {});
    temporaries.end();
  }
}

async function putWeights(files: FileOperations, temporary: string, path: string): Promise<void> {
  await files.rename(temporary, path);
  await noteWritten(files, path).catch(() => {});
}

// Keys in the order that tfjs-node writes.
function modelJSON(
  artifacts: io.ModelArtifacts,
  weightsManifest?: io.WeightsManifestConfig,
): Partial<io.ModelJSON> {
  const {modelTopology, format, generatedBy, convertedBy, trainingConfig, signature} = artifacts;
  const {userDefinedMetadata, modelInitializer, initializerSignature} = artifacts;
  return {
    modelTopology,
    weightsManifest,
    format,
    generatedBy,
    convertedBy,
    trainingConfig: trainingConfig ?? undefined,
    signature: signature ?? undefined,
    userDefinedMetadata: userDefinedMetadata ?? undefined,
    modelInitializer: modelInitializer ?? undefined,
    initializerSignature: initializerSignature ?? undefined,
  };
}

type Shards = Iterable<ArrayBuffer> | AsyncIterable<ArrayBuffer>;

function weightShards({weightData, weightSpecs, getWeightStream}: io.ModelArtifacts): Shards | undefined {
  if (weightData != null) return Array.isArray(weightData) ? weightData : [weightData];
  // tfjs uses the browsers' type, whose streams cannot be iterated everywhere; Node's can.
  if (getWeightStream != null) return getWeightStream() as unknown as AsyncIterable<ArrayBuffer>;
  if (weightSpecs?.length)
    reject('weightData', 'the bytes of the weights that weightSpecs lists', weightData);
  return undefined;
}
