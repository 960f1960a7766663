import {readFileSync, writeFileSync} from 'node:fs';
import {setTimeout} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss} from '../../src';
import {useTfjsNode} from '../helpers/native';

const [ROWS, CLASSES] = [8192, 4096];
const LOGITS = 4 * ROWS * CLASSES;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test.before(useTfjsNode);

/** Waits until nothing more is given back: V8 frees buffers on a thread of its own. */
async function settle(): Promise<number> {
  for (let steady = 0, least = Infinity; steady < 5; ) {
    collectGarbage();
    await setTimeout(100);
    const now = memory('VmRSS');
    steady = now < least - 2 ** 20 ? 0 : steady + 1;
    least = Math.min(least, now);
  }
  return memory('VmRSS');
}

/** Bytes of the process's memory: in use now, or the most there were since they were last reset. */
function memory(field: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] =
    readFileSync('/proc/self/status', 'utf8').match(new RegExp(`${field}:\\s*(\\d+) kB`)) ?? [];
  return 1024 * Number(kilobytes);
}

// Linux tells what the process took, TensorFlow's own memory with JavaScript's.
(process.platform === 'linux' ? test.serial : test.serial.skip)(
  "a native tensor's loss and gradient take at most 2.1 times its memory",
  async (t) => {
    const freqInfo = Float64Array.from({length: CLASSES}, (_, j) => (j % 3 ? 1e-4 : 0.1));
    const loss = new EqualizationLoss({lambda: 1e-3, freqInfo});
    const gradients = async (rows: number) => {
      // Multiplied by TensorFlow, z is its own.
      const z = tf.tidy(() => tf.mul(tf.fill([rows, CLASSES], 0.5), 2));
      const y = tf.range(0, rows, 1, 'int32');
      const dy = tf.fill([rows], 1 / rows);
      const before = await settle();
      writeFileSync('/proc/self/clear_refs', '5');
      tf.tidy(() => {
        const [gradient] = tf.grads((x: tf.Tensor) => loss(tf.mod(y, CLASSES).toInt(), x))([z], dy);
        // A native op takes the gradient over.
        tf.slice(gradient, [0, 0], [1, 1]).dataSync();
      });
      tf.dispose([z, y, dy]);
      return memory('VmHWM') - before;
    };
    await gradients(16);
    // What V8 takes or gives back beside it, to grow its heap or to compile, comes once.
    const taken: number[] = [];
    for (let i = 0; i < 5; i++) taken.push((await gradients(ROWS)) / LOGITS);
    // Of these the second least: what V8 takes only adds, and one pass may get memory back that it did not take.
    const [, second = NaN] = taken.sort((a, b) => a - b);
    t.true(second > 0.9, `${taken}: the gradient itself was not counted`);
    t.true(second <= 2.1, `${taken}`);
  },
);
