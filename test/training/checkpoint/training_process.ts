import * as tf from '@tensorflow/tfjs';
import '../../../src/index.node';
import {train} from './run';

/** A process that trains to the end, from the newest checkpoint of a directory on: `DIR EVERY`. Prints the weights. */
async function main([directory, every]: string[]): Promise<void> {
  await tf.setBackend('cpu');
  const onBatch = () => void process.stdout.write('.');
  const {weights, from} = await train(directory, {every: Number(every), keep: 2, onBatch});
  process.stdout.write(`\n${JSON.stringify({weights, from})}\n`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
