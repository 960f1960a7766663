import {createInterface} from 'node:readline';

const WARM_UP_MS = 400;

/** What a peer process times. */
interface Timed {
  setUp(rows: number, classes: number): Promise<void> | void;
  run(): Promise<number> | number;
  tearDown(): Promise<void> | void;
}

/** Answers what a benchmark asks on standard input: `<rows> <classes>` sets up and warms up, `run` times one call. */
export async function serve(contender: Timed): Promise<void> {
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
