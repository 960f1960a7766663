import {join, resolve} from 'node:path';
import {ValueError} from '../../src/core/errors';
import {type Backend, startBackend} from '../moby-dick/backend';
import {Cells} from '../moby-dick/cells';
import {fail} from '../moby-dick/fail';
import {checkedBackend, FLAGS, readFlags, usage} from '../moby-dick/options';
import {Progress} from '../moby-dick/progress';
import {runJob} from '../moby-dick/run_job';
import {type Contender, contendersOf} from './contender';
import type {DetectionJob, DetectionOutcome, DetectionSetting, DetectionStep} from './detection_job';
import {METHODS, readMethods} from './methods';
import {summarize, summaryText} from './summary';
import {writeReport} from './write_report';

const isCount = (least: number) => (value: number) => Number.isInteger(value) && value >= least;
const {backend, epochs, lambda, 'tail-ratio': tailRatio} = FLAGS;
const DETECT_FLAGS = {
  methods: {
    value: 'LIST',
    help: `of ${Object.keys(METHODS).join(', ')}; the reference first`,
    fallback: 'sigmoid,softmax,eql,seesaw,eql+rfs',
  },
  seeds: {
    value: 'N',
    help: 'how many seeds, from 1 on',
    fallback: 1,
    check: isCount(1),
    expected: 'a whole number ≥ 1',
  },
  backend,
  epochs: {...epochs, fallback: 4},
  pages: {
    value: 'N',
    help: 'training pages of about 130 characters',
    fallback: 140,
    check: isCount(30),
    expected: 'a whole number ≥ 30',
  },
  'per-class': {
    value: 'N',
    help: 'held-out lines for each character',
    fallback: 5,
    check: isCount(1),
    expected: 'a whole number ≥ 1',
  },
  split: {
    value: 'NAME',
    help: 'pages to judge: validation (for choosing settings) or test',
    fallback: 'test',
  },
  lambda: {...lambda, help: 'λ of EQL; a comma-separated list is a sweep', check: undefined},
  'tail-ratio': {...tailRatio, help: 'or the share of boxes in spared classes, 0 … 1'},
  processes: {
    value: 'N',
    help: 'trainings at a time',
    fallback: 2,
    check: isCount(1),
    expected: 'a whole number ≥ 1',
  },
  out: {value: 'DIR', help: 'directory for all output', fallback: 'out/detect'},
};

/** Trains detection heads with several losses on the pages of Moby-Dick and evaluates them as LVIS does. */
async function main(values: Record<string, string | number | undefined>): Promise<void> {
  const started = Date.now();
  const contenders = contendersOf(readMethods(String(values.methods)), values.lambda as string | undefined);
  const split = String(values.split);
  if (split !== 'test' && split !== 'validation') {
    throw new ValueError(`Expected \`--split\` to be validation or test. Received: ${split}`);
  }
  const chosen = await startBackend(checkedBackend(String(values.backend)));
  const setting: DetectionSetting = {
    backend: chosen.backend as Backend,
    epochs: Number(values.epochs),
    pages: Number(values.pages),
    perClass: Number(values['per-class']),
    split,
    tailRatio: Number(values['tail-ratio']),
  };
  const out = resolve(String(values.out));
  const cells = new Cells<DetectionOutcome>(out, setting);
  const seeds = Array.from({length: Number(values.seeds)}, (_, i) => i + 1);
  console.log(`${seeds.length} seed(s), ${JSON.stringify(setting)}`);
  const jobs = seeds.flatMap((seed) => contenders.map((contender) => ({seed, contender})));
  const waiting = jobs.filter(({seed, contender}) => cells.get(cellName(contender, seed)) === undefined);
  const progress = new Progress();
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const {seed, contender} = next;
      const bar = progress.add(`${contender.title} ${seed}`, 1000);
      const saveTo = seed === 1 ? join(out, 'models', contender.name) : undefined;
      const {method, lambda} = contender;
      const job = {...setting, method, seed, saveTo, ...(lambda !== undefined && {lambda})};
      const outcome = await runJob<DetectionJob, DetectionStep, DetectionOutcome>(
        join(__dirname, 'train_process.ts'),
        `The training of ${method}`,
        job,
        ({share, note}) => bar(Math.floor(1000 * share), note),
      );
      bar(1000, `${outcome.seconds.toFixed(0)} s`);
      cells.set(cellName(contender, seed), outcome);
    }
  };
  try {
    await Promise.all(Array.from({length: Number(values.processes)}, lane));
  } finally {
    progress.stop();
  }
  const outcomes = contenders.map((contender) =>
    seeds.map((seed) => cells.get(cellName(contender, seed)) as DetectionOutcome),
  );
  const summary = summarize(contenders, outcomes);
  const text = summaryText(summary);
  console.log(`\nAverage precision on ${split} pages, in percent:\n\n${text}\n`);
  const footer = `${seeds.length} seed(s), ${setting.epochs} epochs, ${((Date.now() - started) / 1000).toFixed(0)} s.`;
  const files = writeReport(out, {setting, contenders, outcomes, summary, footer});
  console.log(`Left in ${values.out}: ${files.join(', ')}`);
}

const cellName = ({name}: Contender, seed: number) => `${name}-${seed}`;

try {
  const values = readFlags(process.argv.slice(2), DETECT_FLAGS);
  if (values === 'help') console.log(usage('run detect', DETECT_FLAGS));
  else main(values).catch(fail);
} catch (error) {
  fail(error);
}
