import {cpus} from 'node:os';
import {type Contender, leasts} from './loss/contender';
import {LOSSES} from './loss/losses';
import {lossPeer, type Peer, pytorchLossPeer, softmaxInC} from './loss/peer';

const SIZE = [512, 1230] as const;
const BACKENDS = ['wasm', 'cpu'] as const;
const BASE = 'EqualizationLoss';
const SOFTMAX = 'SoftmaxCrossEntropy';
const ROUNDS = 25;
const SECONDS = 15;

const ms = (value: number) => `${value.toFixed(2)} ms`;

/** The least times of one loss beside those of EqualizationLoss in the same rounds, as a row of the table. */
async function row(loss: string, bases: Peer[]): Promise<string> {
  const peers = BACKENDS.map((backend) => lossPeer(backend, loss));
  const pytorch = pytorchLossPeer(loss);
  const inC = loss === SOFTMAX ? softmaxInC() : undefined;
  try {
    const contenders: Contender[] = [...bases.filter(({name}) => !name.endsWith(`: ${loss}`)), ...peers];
    if (pytorch) contenders.push(pytorch);
    if (inC) contenders.push(inC);
    const times = await leasts(contenders, SIZE, ROUNDS, SECONDS);
    const time = (name: string) => times.get(name) as number;
    const ours = BACKENDS.map((backend) => {
      const own = time(`${backend}: ${loss}`);
      return `${ms(own)} (${(own / time(`${backend}: ${BASE}`)).toFixed(2)} ×)`;
    });
    const theirs = pytorch
      ? [ms(time('PyTorch')), ...BACKENDS.map((b) => (time(`${b}: ${loss}`) / time('PyTorch')).toFixed(2))]
      : ['–', '–', '–'];
    const line = `| ${[loss, ...ours, ...theirs].join(' | ')} |`;
    if (inC == null) return line;
    const ratio = pytorch ? `${(time(inC.name) / time('PyTorch')).toFixed(2)} of PyTorch's` : '–';
    return `${line}\n| the same in C on one thread, in vectors as wide as wasm's | ${ms(time(inC.name))} | | | ${ratio} | |`;
  } finally {
    for (const peer of peers) peer.close();
    pytorch?.close();
    inC?.close();
  }
}

/** Losses and their gradients on wasm and cpu, beside EqualizationLoss and the same formula in PyTorch; all without names. */
export async function printLossesBench(names: string[] = []): Promise<void> {
  const unknown = names.find((name) => !(name in LOSSES));
  if (unknown) throw new Error(`Expected one of ${Object.keys(LOSSES).join('; ')}. Received: ${unknown}`);
  const [rows, classes] = SIZE;
  console.log(
    `\nLosses and their gradients at ${rows} × ${classes}, in brackets against ${BASE}: the least of interleaved rounds, ${cpus().length} × ${cpus()[0].model}\n`,
  );
  console.log('| loss | wasm | cpu | PyTorch, two threads | wasm / PyTorch | cpu / PyTorch |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  const bases = BACKENDS.map((backend) => lossPeer(backend, BASE));
  try {
    for (const loss of names.length > 0 ? names : Object.keys(LOSSES)) console.log(await row(loss, bases));
  } finally {
    for (const base of bases) base.close();
  }
}

if (require.main === module) void printLossesBench();
