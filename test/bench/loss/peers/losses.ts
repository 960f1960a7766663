/** One of the package's losses on a backend of tfjs, in a process of its own. Its arguments are backend and name. */
import {createInterface} from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import {useBackend} from '../../../helpers/backends';
import {lossContender} from '../losses';

const WARM_UP_MS = 400;

async function main([backend, name]: string[]): Promise<void> {
  tf.enableProdMode();
  await useBackend(backend as 'cpu' | 'wasm');
  const contender = lossContender(name);
  for await (const line of createInterface({input: process.stdin})) {
    if (line === 'run') {
      console.log(await contender.run());
      continue;
    }
    await contender.tearDown();
    const [rows, classes] = line.split(' ').map(Number);
    await contender.setUp(rows, classes);
    for (const start = performance.now(); performance.now() - start < WARM_UP_MS; ) await contender.run();
    console.log('ready');
  }
}

void main(process.argv.slice(2));
