import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {buildSync} from 'esbuild';
import type {Contender} from './contender';
import {type Backend, TFJS_NAMES} from './tfjs';

const ROOT = path.join(__dirname, '../../..');
const BUILT = path.join(ROOT, 'out/bench');

/** A program that is asked, line by line, to set up a size and to run. */
export class Peer implements Contender {
  private readonly answers: AsyncIterator<string>;
  private readonly child: ChildProcess;

  constructor(
    readonly name: string,
    command: string,
    args: string[],
    readonly lingers = false,
  ) {
    const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
    this.child = child;
    this.answers = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  }

  private async ask(line: string): Promise<string> {
    this.child.stdin?.write(`${line}\n`);
    const {value, done} = await this.answers.next();
    if (done) throw new Error(`${this.name} ended without an answer to ${line}.`);
    return value;
  }

  async setUp(rows: number, classes: number): Promise<void> {
    await this.ask(`${rows} ${classes}`);
  }

  async run(): Promise<number> {
    return Number(await this.ask('run'));
  }

  async tearDown(): Promise<void> {}

  close(): void {
    this.child.kill();
  }
}

/**
 * The contenders of a backend, by what they are. They are compiled first: a process that compiles as it goes holds so many
 * objects that garbage collection takes longer than the loss.
 */
export function tfjsPeers(backend: Backend): Peer[] {
  const outfile = built('tfjs');
  return TFJS_NAMES.map(
    (name) => new Peer(`${backend}: ${name}`, process.execPath, [outfile, backend, name]),
  );
}

/** Any of the package's losses on a backend, compiled first too. */
export function lossPeer(backend: Backend, loss: string): Peer {
  return new Peer(`${backend}: ${loss}`, process.execPath, [built('losses'), backend, loss]);
}

/** The formula of one of the package's losses on PyTorch, where there is one. */
export function pytorchLossPeer(loss: string): Peer | undefined {
  const python = pytorch();
  if (python == null) return undefined;
  return new Peer('PyTorch', python, [path.join(__dirname, 'peers/losses.py'), loss], true);
}

/** A training step on wasm, `with` the SIMD module of kernels/wasm or `without`, compiled first too. */
export function stepPeer(job: string, simd: 'with' | 'without'): Peer {
  return new Peer(`${job}: ${simd}`, process.execPath, [built('step'), job, simd]);
}

/** `run` tells how many times the time of `trainOnBatch` a step over a dataset takes on wasm. */
export function datasetPeer(): Peer {
  return new Peer('fitDataset', process.execPath, [built('dataset')]);
}

/** The same step on PyTorch with one thread, where there is PyTorch. */
export function pytorchStepPeer(job: string): Peer | undefined {
  const python = pytorch();
  if (python == null) return undefined;
  return new Peer(`${job}: PyTorch`, python, [path.join(__dirname, 'peers/step.py'), job]);
}

/** The products of the dense step in C, in vectors as wide as WebAssembly's and in the widest that this machine has. */
export function productPeers(): Peer[] {
  const processor = existsSync(PROCESSOR) ? readFileSync(PROCESSOR, 'utf8') : '';
  const widest: [string, string[]] = /\bavx512f\b/.test(processor)
    ? ['in C, AVX-512', ['-mavx512f', '-mfma', '-DLANES=16']]
    : ['in C, AVX2', ['-mavx2', '-mfma', '-DLANES=8']];
  const widths: [string, string[]][] = [['its products in C, SSE4', ['-msse4.1', '-DLANES=4']]];
  if (/\bavx2\b/.test(processor)) widths.push(widest);
  return widths.flatMap(([name, flags]) => {
    const program = compiled('products', flags);
    return program ? [new Peer(name, program, [])] : [];
  });
}

const PROCESSOR = '/proc/cpuinfo';
const SSE4 = '-msse4.1';
const builds = new Map<string, string>();

function built(program: string): string {
  const known = builds.get(program);
  if (known) return known;
  const outfile = path.join(BUILT, `${program}.js`);
  buildSync({
    entryPoints: [path.join(__dirname, `peers/${program}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    // package.json names the files of dist that have side effects; without this src is taken for free of any.
    ignoreAnnotations: true,
    logLevel: 'error',
  });
  builds.set(program, outfile);
  return outfile;
}

/** PyTorch and C, as far as they are to be had; says what is left out. */
export function peers(): Peer[] {
  const found: Peer[] = [];
  const python = pytorch();
  if (python == null) console.log('PyTorch: left out, as PYTORCH_PYTHON names no Python that has it');
  else found.push(new Peer('PyTorch', python, [path.join(__dirname, 'peers/eql.py')], true));
  for (const peer of [eqlInC(), inC('C, native', '-march=native')]) if (peer) found.push(peer);
  return found;
}

/** A loss and its gradient in C on one thread; says so if it is left out. */
function inC(name: string, ...flags: string[]): Peer | undefined {
  const program = compiled('eql', flags);
  if (program) return new Peer(name, program, []);
  console.log(`${name}: left out, as there is no compiler here that knows ${flags.join(' ')}`);
}

/** EqualizationLoss in C, in vectors as wide as WebAssembly's. */
export const eqlInC = () => inC('C, SSE4', SSE4);

/** The same of softmax cross entropy. */
export const softmaxInC = () => inC('C, SSE4', SSE4, '-DSOFTMAX');

// The interpreter of a Python with PyTorch.
function pytorch(): string | undefined {
  const python = process.env.PYTORCH_PYTHON;
  return python && existsSync(python) ? python : undefined;
}

function compiled(name: string, flags: string[]): string | undefined {
  mkdirSync(BUILT, {recursive: true});
  const program = path.join(BUILT, name + flags.join(''));
  const args = ['-O3', ...flags, path.join(__dirname, `peers/${name}.c`), '-o', program, '-lm'];
  try {
    execFileSync('cc', args, {stdio: 'ignore'});
    return program;
  } catch {
    return undefined;
  }
}
