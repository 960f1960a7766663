import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {median} from './loss/median';

const ROOT = path.join(__dirname, '../..');
const ROUNDS = 15;
const TFJS = JSON.stringify(require.resolve('@tensorflow/tfjs'));
const PACKAGE = JSON.stringify(path.join(ROOT, 'dist/cjs/index.node.js'));
const SCRIPT = `
const used = () => { const {user, system} = process.cpuUsage(); return (user + system) / 1000; };
const start = used();
require(${TFJS});
const between = used();
require(${PACKAGE});
console.log(between - start, used() - between);
`;

/** Prints the CPU time of an import of the built package in Node.js beyond TensorFlow.js, each time in a new process. */
export function printImportBench(): void {
  execFileSync(process.execPath, [path.join(ROOT, '.ci/build.js')]);
  const times = Array.from({length: ROUNDS}, () =>
    execFileSync(process.execPath, ['-e', SCRIPT], {encoding: 'utf8'}).split(' ').map(Number),
  );
  const [tfjs, own] = [0, 1].map((i) => median(times.map((pair) => pair[i])));
  console.log(
    `\nImport: ${own.toFixed(1)} ms of CPU time beyond the ${tfjs.toFixed(0)} ms of @tensorflow/tfjs`,
  );
}

if (require.main === module) printImportBench();
