import {mkdirSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import path from 'node:path';
import {svgToPng} from '../../models/moby-dick/png';
import {type Contender, medians} from './loss/contender';
import {peers, tfjsPeers} from './loss/peer';
import {type Backend, BCE, backendsHere, CCE, FLOOR, OPS, OURS} from './loss/tfjs';
import {scalingFigure} from './scaling_figure';

const OUT = path.join(__dirname, '../../out/bench');
const SIZES = [
  [512, 1230],
  [128, 100],
  [32, 10],
  [64, 20_000],
  [8, 1_000_000],
] as const;
/** n · C from 10² to 10⁷. */
const SCALING = [
  [10, 10],
  [32, 31],
  [100, 100],
  [316, 316],
  [1000, 1000],
  [3162, 3162],
] as const;

/** Beside it the others' noise is small. */
const SLOW_MS = 100;

type Size = readonly [number, number];
/** Milliseconds of each contender at one size. */
interface Row {
  rows: number;
  classes: number;
  ms: Record<string, number>;
}

const show = (ms: number) =>
  ms === undefined ? '–' : ms < 0.1 ? `${(1000 * ms).toFixed(1)} µs` : `${ms.toFixed(2)} ms`;

function printTable(names: string[], table: Row[]): void {
  const sizes = table.map(({rows, classes}) => `${rows} × ${classes}`);
  const width = Math.max(...names.map((name) => name.length));
  console.log(`${''.padEnd(width)}${sizes.map((size) => size.padStart(16)).join('')}`);
  for (const name of names) {
    console.log(`${name.padEnd(width)}${table.map(({ms}) => show(ms[name]).padStart(16)).join('')}`);
  }
}

async function measure(contenders: Contender[], sizes: readonly Size[], seconds: number): Promise<Row[]> {
  const table: Row[] = [];
  for (const [rows, classes] of sizes) {
    const ms = await medians(contenders, [rows, classes], 31, seconds, SLOW_MS);
    table.push({rows, classes, ms: Object.fromEntries(ms)});
  }
  return table;
}

/** What the project wants to reach at 512 × 1230, and at 32 × 10 against the engine's floor. */
function printRatios(table: Row[], backends: Backend[]): void {
  const [head, , small] = table;
  const ratio = (row: Row, a: string, b: string, target: string) => {
    if (row.ms[a] === undefined || row.ms[b] === undefined) return;
    console.log(
      `${row.rows} × ${row.classes}, ${a} / ${b}: ${(row.ms[a] / row.ms[b]).toPrecision(3)}${target && ` (target ${target})`}`,
    );
  };
  console.log();
  ratio(head, `wasm: ${OURS}`, 'PyTorch', '0.35');
  ratio(head, `cpu: ${OURS}`, 'PyTorch', '0.6');
  ratio(head, `tensorflow: ${OURS}`, 'PyTorch', '1');
  ratio(head, `wasm: ${OURS}`, 'C, SSE4', '1.3');
  ratio(head, `wasm: ${OURS}`, 'C, native', '');
  for (const backend of backends) {
    const targets = {cpu: '1/150 = 0.00667', wasm: '1/15 = 0.0667', tensorflow: ''};
    ratio(head, `${backend}: ${OURS}`, `${backend}: ${OPS}`, targets[backend]);
    ratio(head, `${backend}: ${OURS}`, `${backend}: ${BCE}`, '');
    ratio(head, `${backend}: ${OURS}`, `${backend}: ${CCE}`, '');
    ratio(small, `${backend}: ${OURS}`, `${backend}: ${FLOOR}`, '1.5');
  }
}

/** Loss and gradient on every backend of Node.js, beside tfjs's own losses, PyTorch and C: a table, JSON and a figure. */
export async function printLossBench(): Promise<void> {
  const backends = backendsHere();
  const contenders = [...backends.flatMap(tfjsPeers), ...peers()];
  try {
    console.log(`EQL and its gradient, medians of interleaved rounds, ${cpus().length} × ${cpus()[0].model}`);
    const table = await measure(contenders, SIZES, 30);
    printTable(
      contenders.map(({name}) => name),
      table,
    );
    printRatios(table, backends);
    const scaled = contenders.filter(({name}) => !name.includes(': ') || name.endsWith(OURS));
    const scaling = await measure(
      scaled.filter(({name}) => name !== 'C, native'),
      SCALING,
      5,
    );
    write(table, scaling);
  } finally {
    for (const contender of contenders) contender.close();
  }
}

function write(table: Row[], scaling: Row[]): void {
  mkdirSync(OUT, {recursive: true});
  writeFileSync(path.join(OUT, 'loss.json'), JSON.stringify({table, scaling}, null, 2));
  const points = scaling.flatMap(({rows, classes, ms}) =>
    Object.entries(ms).map(([name, time]) => ({
      name: name.replace(`: ${OURS}`, ''),
      elements: rows * classes,
      ms: time,
    })),
  );
  const figure = scalingFigure(points);
  writeFileSync(path.join(OUT, 'scaling.svg'), figure);
  writeFileSync(path.join(OUT, 'scaling.png'), svgToPng(figure));
  console.log(
    '\nout/bench/loss.json and out/bench/scaling.png hold the numbers and their growth with n · C.',
  );
}

if (require.main === module) void printLossBench();
