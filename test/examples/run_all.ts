// Runs every example in the directory that is given, and prints the outcomes as JSON on the last line. A process of
// its own: the examples save to relative paths, and the threads that tests run in cannot change their directory.
import * as tf from '@tensorflow/tfjs';
import {writeFolder} from '../io/datasets/pictures';
import {collectExamples} from './collect';
import {type Outcome, runExample} from './run_example';

async function main(directory: string): Promise<void> {
  tf.enableProdMode();
  process.chdir(directory);
  // What the guide's reader has.
  await writeFolder('photos', {owl: 30, cat: 15, newt: 5});
  const outcomes: Outcome[] = [];
  for (const example of collectExamples()) outcomes.push(await runExample(example));
  console.log(`\n${JSON.stringify(outcomes)}`);
}

main(process.argv[2]);
