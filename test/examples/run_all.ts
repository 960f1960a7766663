// Runs every example in the directory that is given, and prints the outcomes as JSON on the last line. A process of
// its own: the examples save to relative paths, and the threads that tests run in cannot change their directory.
import * as tf from '@tensorflow/tfjs';
import {collectExamples} from './collect';
import {writeReadersFiles} from './readers_files';
import {type Outcome, runExample} from './run_example';

async function main(directory: string): Promise<void> {
  tf.enableProdMode();
  process.chdir(directory);
  await writeReadersFiles();
  const outcomes: Outcome[] = [];
  for (const example of collectExamples()) outcomes.push(await runExample(example));
  console.log(`\n${JSON.stringify(outcomes)}`);
}

main(process.argv[2]);
