import * as fs from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import {reject} from '../errors';

export interface ModelFiles {
  modelJSON: io.ModelJSON;
  /** Absent where model.json has no `weightsManifest`. */
  weights?: {specs: io.WeightsManifestEntry[]; data: ArrayBuffer};
}

const READ_BYTES = 2 ** 30;
const BYTES: Record<string, number> = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  float16: 2,
  uint8: 1,
  uint16: 2,
};

/**
 * Reads a `model.json` and the weights that it lists, in any number of groups and shards, straight into one buffer.
 * A model that a save replaces meanwhile is read again, so that no mixture of two models comes out.
 *
 * @throws ValueError naming the file when one is missing, is no file, is no JSON or has another size than
 *   `model.json` tells.
 */
export async function loadModelFiles(path: string): Promise<ModelFiles> {
  const file = resolve(path);
  for (;;) {
    const version = await fileVersion(file);
    try {
      const modelJSON = await readModelJSON(file);
      const {weightsManifest} = modelJSON;
      return weightsManifest == null
        ? {modelJSON}
        : {modelJSON, weights: await readWeights(weightsManifest, file)};
    } catch (error) {
      if ((await fileVersion(file)) === version) throw error;
    }
  }
}

// Saving renames a new file over model.json.
async function fileVersion(path: string): Promise<string> {
  const stats = await statOrReject(path, 'a model.json file');
  return `${stats.ino} ${stats.mtimeNs}`;
}

async function statOrReject(path: string, expectation: string) {
  const stats = await fs.stat(path, {bigint: true}).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') reject(path, expectation, 'no such file');
    throw error;
  });
  if (!stats.isFile()) reject(path, expectation, stats.isDirectory() ? 'a directory' : 'no regular file');
  return stats;
}

async function readModelJSON(path: string): Promise<io.ModelJSON> {
  const text = await fs.readFile(path, 'utf8');
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

async function readWeights(manifest: io.WeightsManifestConfig, modelPath: string) {
  const files: {path: string; bytes: number}[] = [];
  for (const {paths, weights} of manifest) {
    const group: typeof files = [];
    for (const name of paths) {
      const path = join(dirname(modelPath), name);
      const {size} = await statOrReject(path, `a file of weights, as ${modelPath} lists it`);
      group.push({path, bytes: Number(size)});
    }
    checkSize(group, weights);
    files.push(...group);
  }
  const data = new ArrayBuffer(sum(files.map(({bytes}) => bytes)));
  let start = 0;
  for (const {path, bytes} of files) {
    await readInto(new Uint8Array(data, start, bytes), path);
    start += bytes;
  }
  return {specs: manifest.flatMap(({weights}) => weights), data};
}

function checkSize(files: {path: string; bytes: number}[], specs: io.WeightsManifestEntry[]): void {
  const sizes = specs.map(weightBytes);
  const expected = sum(sizes);
  const received = files.map(({bytes}) => bytes);
  // Strings bring their lengths along, so that only decoding tells the size of a group that holds some.
  if (Number.isNaN(expected) || expected === sum(received)) return;
  const [first, ...more] = files.map(({path}) => path);
  if (first === undefined) reject('paths', `the files of ${expected} bytes of weights`, received);
  if (more.length === 0) reject(first, `a file of ${expected} bytes of weights`, received[0]);
  reject([first, ...more].join(', '), `files of ${expected} bytes of weights in all`, received);
}

function weightBytes({shape, dtype, quantization}: io.WeightsManifestEntry): number {
  const values = shape.reduce((product, size) => product * size, 1);
  return values * (BYTES[quantization?.dtype ?? dtype] ?? Number.NaN);
}

async function readInto(target: Uint8Array, path: string): Promise<void> {
  const file = await fs.open(path);
  try {
    let done = 0;
    while (done < target.length) {
      const part = target.subarray(done, done + READ_BYTES);
      const {bytesRead} = await file.read(part, 0, part.length, done);
      if (bytesRead === 0) reject(path, `a file of ${target.length} bytes of weights`, done);
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
