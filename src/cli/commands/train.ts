import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Command} from 'commander';
import {startBackend} from '../backend';
import {checkFile, checkFolder} from '../check_output';
import {reopen, tellEmpty, tellUnreadable} from '../data';
import {CommandError, UsageError} from '../exit';
import {addBackendFlag, addDataFlags, integer, number, oneOf} from '../flags';
import {aboutMethods, METHOD_NAMES} from '../methods';
import {loadTrained} from '../model_record';
import {print, tell, writeText} from '../output';
import {reportOf, servingIn, testPredictions, writeServing} from '../training/finish';
import {newJob, type TrainingFlags} from '../training/job';
import {type TrainingJob, trainModel} from '../training/train_model';

interface Flags extends TrainingFlags {
  method: string;
  out: string;
  resume?: boolean;
  force?: boolean;
  backend: string;
  json?: boolean;
}

const EXAMPLES = `
Methods:
${aboutMethods()}

Examples:
  longtail train photos/ --out owls
  longtail train photos/ --features mobilenet/model.json --epochs 10
  longtail train photos/ --out owls --resume

OUT gets model.json, saved after each epoch; serving/model.json, plain TensorFlow.js with probabilities; report.html and
report.json about the test images.`;

/** Adds the flags for training. */
export function addTrainingFlags(command: Command): Command {
  command
    .option(
      '--features <model>',
      'a saved layers model whose features get a new head (default: a small network)',
    )
    .option('--epochs <n>', 'passes over the images', integer(1), 20)
    .option('--batch-size <n>', 'images per step', integer(1), 32)
    .option('--learning-rate <rate>', "Adam's", number(1e-9), 1e-3);
  return addBackendFlag(addDataFlags(command));
}

/** `longtail train DATA`. */
export function addTrain(program: Command): void {
  const command = program
    .command('train')
    .description('Trains a model, saves it after each epoch, and evaluates it on held-out images.')
    .argument('<data>', 'images')
    .option('--method <name>', 'training method', oneOf(METHOD_NAMES), 'recommended')
    .option('--out <folder>', 'folder of all results', 'longtail-model')
    .option('--resume', 'continue the training in OUT')
    .option('--force', 'overwrite OUT')
    .option('--json', 'print JSON');
  addTrainingFlags(command).addHelpText('after', EXAMPLES).action(train);
}

async function train(path: string, flags: Flags, command: Command): Promise<void> {
  const {out, resume, force} = flags;
  const exists = existsSync(join(out, 'model.json'));
  if (resume && !exists) throw new CommandError(`Expected a model to resume in ${out}. Received: none`);
  if (exists && !resume && !force) {
    throw new UsageError(
      `${out} already has a model: --resume continues it, --force starts anew, --out takes another folder`,
    );
  }
  checkTrainingOutput(out);
  tell(`backend: ${await startBackend(flags.backend)}`);
  const job = resume
    ? await resumedJob(path, flags, command)
    : await newJob(path, flags, flags.method, out, again(path, out));
  const {train: training, validation, test: tested} = job.splits;
  tellEmpty({train: training, validation, test: tested});
  await trainModel(job);
  await finish(job, flags.json);
}

function checkTrainingOutput(out: string): void {
  for (const folder of [out, servingIn(out)]) checkFolder('--out', folder);
  for (const name of ['report.json', 'report.html']) checkFile('--out', join(out, name));
}

function again(path: string, out: string): string {
  return `longtail train ${quoted(path)} --out ${quoted(out)} --resume`;
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Loads the training started in OUT. `--epochs` may raise the number of epochs. */
async function resumedJob(path: string, flags: Flags, command: Command): Promise<TrainingJob> {
  const {out, strict} = flags;
  const {model, record} = await loadTrained(out);
  const fixed = [
    'method',
    'features',
    'batchSize',
    'learningRate',
    'imageSize',
    'channels',
    'validation',
    'test',
    'seed',
  ];
  const given = fixed.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given) {
    const flag = command.options.find((option) => option.attributeName() === given);
    throw new UsageError(`${flag?.long} cannot be changed with --resume`);
  }
  if (command.getOptionValueSource('epochs') === 'cli') record.training.epochs = flags.epochs;
  const {batch_size: batchSize, state} = record.training;
  const splits = await reopen({...record.data, path}, record.class_names, {batchSize, strict});
  if (state && splits.train.length !== state.length) {
    throw new CommandError(
      `Expected the ${state.length} training images that ${out} was trained on. Received: ${splits.train.length} in ${path}`,
    );
  }
  return {model, record, splits, out, resume: again(path, out)};
}

async function finish(job: TrainingJob, json: boolean | undefined): Promise<void> {
  const {out, record, splits} = job;
  const serving = await writeServing(job);
  const predictions = await testPredictions(job);
  const report = predictions && reportOf(job, predictions);
  if (report) {
    writeText(join(out, 'report.json'), JSON.stringify(report.json, null, 2));
    writeText(join(out, 'report.html'), await report.html(`${record.method}: ${record.data.path}`));
  }
  tellUnreadable(splits.unreadable);
  const files = {model: join(out, 'model.json'), serving: join(serving, 'model.json')};
  const value = {
    ...files,
    ...(report && {report: join(out, 'report.html'), test: report.json}),
    history: record.training.history,
    unreadable: splits.unreadable,
  };
  print(json, value, () =>
    [
      ...(report ? [report.text, ''] : []),
      `model: ${files.model}`,
      `for serving: ${files.serving}`,
      ...(report ? [`report: ${join(out, 'report.html')}`] : []),
    ].join('\n'),
  );
}
