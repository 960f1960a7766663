import {dirname, isAbsolute, relative, resolve, sep} from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import {reject, ValueError} from '../../core/errors';
import type {FileOperations} from './file_operations';
import {staysInside} from './inside_folder';
import {checkManifest, fillsExactly, groupBytes} from './weights_manifest';

const READ_BYTES = 2 ** 30;

/** Thrown for a missing weights file: a save may just have removed it, so reading again may help. */
export class MissingWeights extends ValueError {}

interface WeightsFile {
  path: string;
  bytes: number;
}

interface SizedGroup {
  weights: io.WeightsManifestEntry[];
  files: WeightsFile[];
}

/** Reads the weights that a model.json lists into one buffer, after checking every size. */
export async function readWeights(
  files: FileOperations,
  manifest: unknown,
  modelPath: string,
  allowOutside: boolean,
): Promise<{specs: io.WeightsManifestEntry[]; data: ArrayBuffer}> {
  const checked = checkManifest(manifest, modelPath);
  const folder = allowOutside ? undefined : await files.realpath(dirname(modelPath));
  const groups: SizedGroup[] = [];
  const seen = new Set<string>();
  for (const [i, {paths, weights}] of checked.entries()) {
    const group: SizedGroup = {weights, files: []};
    for (const [j, name] of paths.entries()) {
      const place = `weightsManifest[${i}].paths[${j}] of ${modelPath}`;
      if (!allowOutside && !staysInside(name)) rejectOutside(place, name);
      const path = resolve(dirname(modelPath), name);
      if (seen.has(path)) reject(place, 'a file that is listed once', name);
      seen.add(path);
      group.files.push({path, bytes: await sizeOfWeights(files, path, modelPath)});
      if (folder !== undefined && isOutside(folder, await files.realpath(path))) rejectOutside(place, name);
    }
    checkSize(group);
    groups.push(group);
  }
  const data = new ArrayBuffer(sum(groups.flatMap((group) => group.files.map(({bytes}) => bytes))));
  let start = 0;
  for (const {weights, files: members} of groups) {
    const groupStart = start;
    for (const {path, bytes} of members) {
      await readInto(files, new Uint8Array(data, start, bytes), path);
      start += bytes;
    }
    checkStrings(weights, new Uint8Array(data, groupStart, start - groupStart), members);
  }
  return {specs: groups.flatMap(({weights}) => weights), data};
}

function rejectOutside(place: string, name: string): never {
  reject(
    place,
    'a file inside the folder of that model.json (or give fileSystem `allowOutside: true`)',
    name,
  );
}

/** Whether `path` is outside `folder`, both with links resolved. */
function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '../..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

async function sizeOfWeights(files: FileOperations, path: string, modelPath: string): Promise<number> {
  const expectation = `a file of weights, as ${modelPath} lists it`;
  const stats = await files.stat(path).catch((error) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new MissingWeights(`Expected \`${path}\` to be ${expectation}. Received: no such file`);
  });
  if (!stats.isFile()) reject(path, expectation, stats.isDirectory() ? 'a directory' : 'no regular file');
  return stats.size;
}

function checkSize({weights, files}: SizedGroup): void {
  const {bytes, isExact} = groupBytes(weights);
  const received = files.map((file) => file.bytes);
  if (isExact ? bytes === sum(received) : bytes <= sum(received)) return;
  const expected = `${isExact ? '' : 'at least '}${bytes} bytes of weights`;
  const [first, ...more] = files.map(({path}) => path);
  if (first === undefined) reject('paths', `the files of ${expected}`, received);
  if (more.length === 0) reject(first, `a file of ${expected}`, received[0]);
  reject([first, ...more].join(', '), `files of ${expected} in all`, received);
}

function checkStrings(weights: io.WeightsManifestEntry[], data: Uint8Array, files: WeightsFile[]): void {
  if (groupBytes(weights).isExact || fillsExactly(weights, data)) return;
  const paths = files.map(({path}) => path).join(', ');
  reject(paths, 'filled exactly by strings whose lengths stand before them', `${data.length} bytes`);
}

async function readInto(files: FileOperations, target: Uint8Array, path: string): Promise<void> {
  const file = await files.open(path).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new MissingWeights(`Expected \`${path}\` to be a file of weights. Received: no such file`);
  });
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
