import {createHash} from 'node:crypto';
import * as fs from 'node:fs/promises';
import {join, normalize, resolve} from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import {reject} from '../errors';
import {SaveMarks} from './save_marks';

const MODEL_JSON = 'model.json';
const OWN_WEIGHTS = /^weights\.[0-9a-f]{16}\.bin$/;
const CHUNK_BYTES = 64 * 2 ** 20;

const queues = new Map<string, Promise<void>>();

/**
 * Writes `model.json` and one file of weights, named after its content, into `directory`, which is made if missing.
 * Renaming `model.json` is the one step that replaces the previous model; a crash or an error anywhere leaves
 * either the previous model or the new one, whole. Saves to one directory run one after another, in call order.
 *
 * @throws Error naming the directory when a file cannot be written; its `cause` is the system's error.
 */
export function saveModelFiles(directory: string, artifacts: io.ModelArtifacts): Promise<void> {
  const path = resolve(directory);
  const before = queues.get(path) ?? Promise.resolve();
  const save = before.catch(() => {}).then(() => writeModel(path, artifacts));
  const done = () => {
    if (queues.get(path) === save) queues.delete(path);
  };
  queues.set(path, save);
  save.then(done, done);
  return save;
}

async function writeModel(directory: string, artifacts: io.ModelArtifacts): Promise<void> {
  try {
    await makeDirectory(directory);
    const marks = new SaveMarks(directory);
    try {
      await marks.begin();
      const previous = await referencedFiles(directory).catch(() => []);
      try {
        await replaceModel(directory, artifacts, marks);
      } finally {
        // What can't be deleted now does no harm, and the next save tries again.
        await marks.clearAlone(() => removeUnreferenced(directory, previous)).catch(() => {});
      }
    } finally {
      await marks.end();
    }
  } catch (error) {
    throw new Error(`Could not save the model to ${directory}: ${(error as Error).message}`, {cause: error});
  }
}

async function makeDirectory(path: string): Promise<void> {
  await fs.mkdir(path, {recursive: true}).catch((error) => {
    if (error.code === 'EEXIST') reject(path, 'a directory or a path that does not exist yet', 'a file');
    throw error;
  });
}

// All that needs space on the disk is written before the first file takes its name.
async function replaceModel(
  directory: string,
  artifacts: io.ModelArtifacts,
  marks: SaveMarks,
): Promise<void> {
  const hash = createHash('sha256');
  const shards = weightShards(artifacts);
  if (shards) await writeDurably(marks.path('weights'), shards, (chunk) => hash.update(chunk));
  const file = `weights.${hash.digest('hex').slice(0, 16)}.bin`;
  const manifest = shards && [{paths: [file], weights: artifacts.weightSpecs ?? []}];
  const json = JSON.stringify(modelJSON(artifacts, manifest));
  await writeDurably(marks.path('json'), [Buffer.from(json)]);
  if (shards) await fs.rename(marks.path('weights'), join(directory, file));
  await syncDirectory(directory);
  await fs.rename(marks.path('json'), join(directory, MODEL_JSON));
  await syncDirectory(directory);
}

// The order of keys that tfjs-node writes.
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
  if (getWeightStream != null) return getWeightStream() as unknown as AsyncIterable<ArrayBuffer>;
  if (weightSpecs?.length)
    reject('weightData', 'the bytes of the weights that weightSpecs lists', weightData);
  return undefined;
}

async function writeDurably(
  path: string,
  shards: Shards | Iterable<Buffer>,
  see?: (chunk: Buffer) => void,
): Promise<void> {
  const file = await fs.open(path, 'wx');
  try {
    for await (const shard of shards) {
      const bytes = ArrayBuffer.isView(shard)
        ? Buffer.from(shard.buffer, shard.byteOffset, shard.byteLength)
        : Buffer.from(shard);
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
        const chunk = bytes.subarray(start, start + CHUNK_BYTES);
        see?.(chunk);
        await file.writeFile(chunk);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows can neither open nor sync a directory; NTFS journals the renames.
  if (process.platform === 'win32') return;
  const handle = await fs.open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// Names of files directly in `directory` that its model.json lists; none where there is no model.json.
async function referencedFiles(directory: string): Promise<string[]> {
  const text = await fs.readFile(join(directory, MODEL_JSON), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const manifest: io.WeightsManifestConfig = JSON.parse(text).weightsManifest ?? [];
  const names = manifest.flatMap((group) => group.paths.map((path) => normalize(path)));
  return names.filter((name) => !/[\\/]|^\.\.?$/.test(name) && name !== MODEL_JSON);
}

async function removeUnreferenced(directory: string, previous: string[]): Promise<void> {
  const kept = new Set(await referencedFiles(directory));
  const own = (await fs.readdir(directory)).filter((name) => OWN_WEIGHTS.test(name));
  for (const name of new Set([...previous, ...own])) {
    if (!kept.has(name)) await fs.rm(join(directory, name), {force: true}).catch(() => {});
  }
}
