import {fuzzLoads} from './fuzz_loads';

/** Loads mutated files, `FIRST COUNT`, and prints the report. */
void fuzzLoads(Number(process.argv[2]), Number(process.argv[3])).then((report) =>
  process.stdout.write(`\n${JSON.stringify(report)}\n`),
);
