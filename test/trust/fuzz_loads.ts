import * as tf from '@tensorflow/tfjs';
import {ValueError} from '../../src';
import {Random} from '../../src/core/random';
import {NodeFileSystem} from '../../src/io/files/node_file_system';
import '../../src/index.node';
import {AllocationWatch} from './allocation_watch';
import {memoryFiles} from './memory_files';
import {corpus} from './models';
import {type FileBytes, mutate} from './mutate';

const MOST_MS = 1000;
const MOST_BYTES = 256 * 2 ** 20;
const LONGEST_MESSAGE = 1000;
const PROTOTYPES = [Object, Array, Function, String, Number, Promise].map((cls) => cls.prototype as object);

/** What loads of mutated files came to. */
export interface FuzzReport {
  tried: number;
  loaded: number;
  refused: number;
  slowestMs: number;
  mostBytes: number;
  /** What broke a promise, with the number that makes the file again. */
  broken: string[];
}

const handlerOf = ({text, weights}: FileBytes) =>
  new NodeFileSystem(
    '/model/model.json',
    {},
    memoryFiles({'/model/model.json': Buffer.from(text), '/model/weights.bin': weights}),
  );

let files: Awaited<ReturnType<typeof corpus>> | undefined;
const kept = () => {
  const {registeredVariables} = tf.engine() as unknown as {registeredVariables: object};
  return `${tf.memory().numTensors} tensors, ${tf.backend().numDataIds()} buffers, ${Object.keys(registeredVariables).length} variables`;
};
const prototypes = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length).join();

function dispose(model: tf.LayersModel): void {
  const {optimizer} = model;
  model.dispose();
  optimizer?.dispose();
  // Momentum leaves the learning rate.
  const {c} = (optimizer ?? {}) as {c?: tf.Tensor};
  if (c?.isDisposed === false) c.dispose();
}

/** Whether a file says that it is a model for `tf.loadLayersModel`: what else one may be is read by whoever reads that. */
function isOurs(text: string): boolean {
  try {
    const {format, modelTopology} = JSON.parse(text);
    return format === 'layers-model' || 'class_name' in modelTopology || 'config' in modelTopology;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}

function complaintOf(error: unknown): string | undefined {
  if (!(error instanceof ValueError)) {
    const at = (error as Error).stack
      ?.split('\n')
      .slice(1, 3)
      .map((line) => line.trim())
      .join(' ');
    return `${(error as Error).name}: ${String((error as Error).message).slice(0, 200)} ${at}`;
  }
  if (error.message.length > LONGEST_MESSAGE) return `a message of ${error.message.length} characters`;
  return undefined;
}

/** Loads `count` mutated files, from number `first` on, on the cpu backend. */
export async function fuzzLoads(first: number, count: number): Promise<FuzzReport> {
  await tf.setBackend('cpu');
  files ??= await corpus();
  const report: FuzzReport = {tried: 0, loaded: 0, refused: 0, slowestMs: 0, mostBytes: 0, broken: []};
  const watch = new AllocationWatch();
  const {warn} = console;
  console.warn = () => {};
  const before = prototypes();
  watch.start();
  try {
    for (let n = first; n < first + count; n++) {
      const mutated = mutate(files[n % files.length], Random.of(n, 'file'));
      const complain = (what: string) => report.broken.push(`file ${n}: ${what}`);
      const start = kept();
      watch.bytes = 0;
      const begin = process.cpuUsage();
      try {
        const model = await tf.loadLayersModel(handlerOf(mutated));
        report.loaded++;
        dispose(model);
      } catch (error) {
        report.refused++;
        const complaint = isOurs(mutated.text) ? complaintOf(error) : undefined;
        if (complaint !== undefined) complain(complaint);
      }
      const {user, system} = process.cpuUsage(begin);
      const ms = (user + system) / 1000;
      if (ms > MOST_MS) complain(`${Math.round(ms)} ms of a processor`);
      if (watch.bytes > MOST_BYTES) complain(`${watch.bytes} bytes`);
      if (kept() !== start) complain(`${kept()} instead of ${start}`);
      if (prototypes() !== before) throw new Error(`File ${n} changed a prototype.`);
      report.tried++;
      report.slowestMs = Math.max(report.slowestMs, ms);
      report.mostBytes = Math.max(report.mostBytes, watch.bytes);
    }
  } finally {
    watch.stop();
    console.warn = warn;
  }
  return report;
}
