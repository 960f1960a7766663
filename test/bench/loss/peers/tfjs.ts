/**
 * A loss on one of tfjs's backends, in a process of its own: what another one leaves to the garbage collector, or to
 * threads that go on for a while, would slow it down. Its arguments are the backend and the contender.
 */
import {createInterface} from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import {type Backend, type TfjsName, tfjsContender, useBenchBackend} from '../tfjs';

const WARM_UP_MS = 400;

async function main([backend, what]: [Backend, TfjsName]): Promise<void> {
  tf.enableProdMode();
  await useBenchBackend(backend);
  const contender = tfjsContender(backend, what);
  for await (const line of createInterface({input: process.stdin})) {
    if (line === 'run') {
      console.log(await contender.run());
      continue;
    }
    await contender.tearDown();
    const [rows, classes] = line.split(' ').map(Number);
    await contender.setUp(rows, classes);
    // Engines compile what runs often, and take a while to see that it does.
    for (const start = performance.now(); performance.now() - start < WARM_UP_MS; ) await contender.run();
    console.log('ready');
  }
}

void main(process.argv.slice(2) as [Backend, TfjsName]);
