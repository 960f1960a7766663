import {spawn} from 'node:child_process';
import {join} from 'node:path';
import type {FuzzReport} from './fuzz_loads';

const CHUNK = 5000;
const HEAP_MIB = 256;
// Many times what a chunk takes: a load that never ends is found, and so is one that exhausts the heap.
const LONGEST_MS = 10 * 60_000;

/** As `fuzzLoads`, in one process after the other, so that what freezes or fells one is a finding too. */
export async function fuzzInProcesses(count: number, tell: (text: string) => void): Promise<FuzzReport> {
  const total: FuzzReport = {tried: 0, loaded: 0, refused: 0, slowestMs: 0, mostBytes: 0, broken: []};
  for (let first = 0; first < count; first += CHUNK) {
    const report = await fuzzChunk(first, Math.min(CHUNK, count - first));
    total.tried += report.tried;
    total.loaded += report.loaded;
    total.refused += report.refused;
    total.slowestMs = Math.max(total.slowestMs, report.slowestMs);
    total.mostBytes = Math.max(total.mostBytes, report.mostBytes);
    total.broken.push(...report.broken);
    tell(`${total.tried} files, ${total.broken.length} findings`);
  }
  return total;
}

function fuzzChunk(first: number, count: number): Promise<FuzzReport> {
  const script = join(__dirname, 'fuzz_process.ts');
  const args = [
    `--max-old-space-size=${HEAP_MIB}`,
    '--require',
    'tsx/cjs',
    script,
    String(first),
    String(count),
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'ignore'], timeout: LONGEST_MS});
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.on('close', (code, signal) => {
      const found = output.indexOf('{');
      if (code === 0 && found >= 0) return resolve(JSON.parse(output.slice(found)));
      const broken = [`files ${first} … ${first + count - 1}: the process ended with ${signal ?? code}`];
      resolve({tried: 0, loaded: 0, refused: 0, slowestMs: 0, mostBytes: 0, broken});
    });
  });
}
