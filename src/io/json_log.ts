import {appendFileSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import type {CustomCallback} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';

/**
 * Appends a line of JSON after each epoch, `{"epoch":1,"time":"2026-…","loss":0.5,"val_loss":0.6}`, to a file, created
 * if missing, so that an interrupted training run leaves its results. NaN and infinities become null, as JSON has
 * neither. On Node only. Works alongside `tf.node.tensorBoard`.
 *
 * @example
 * ```ts
 * import {readFileSync} from 'node:fs';
 * import {jsonLog} from 'tfjs-longtail';
 *
 * model.compile({optimizer: 'adam', loss});
 * await model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: [jsonLog('/tmp/training.jsonl')]});
 * const [line] = readFileSync('/tmp/training.jsonl', 'utf8').split('\n');
 * console.log(JSON.parse(line).epoch); // → 1
 * ```
 *
 * @param path The file's path. Its folder is created if missing.
 * @returns A callback for `fit` and `fitDataset`.
 * @throws ValueError for anything but a path.
 */
export function jsonLog(path: string): CustomCallback {
  if (typeof path !== 'string' || path === '') reject('path', 'the path of a file', path);
  return new tfl.CustomCallback({
    onTrainBegin: () => void mkdirSync(dirname(path), {recursive: true}),
    // tfjs has read the tensors among the logs.
    onEpochEnd: async (epoch, logs) => {
      const line = {epoch: epoch + 1, time: new Date().toISOString(), ...logs};
      appendFileSync(path, `${JSON.stringify(line)}\n`);
    },
  });
}
