import {join} from 'node:path';
import type {Command} from 'commander';
import {startBackend} from '../backend';
import {checkFile, checkFolder} from '../check_output';
import {tellEmpty, tellUnreadable} from '../data';
import {CommandError} from '../exit';
import {someOf} from '../flags';
import {aboutMethods, METHOD_NAMES} from '../methods';
import {freqInfoOf} from '../model_record';
import {print, tell, writeText} from '../output';
import {type NamedTest, testReport} from '../report/test_report';
import {servingIn, testPredictions, writeServing} from '../training/finish';
import {newJob, type TrainingFlags} from '../training/job';
import {trainModel} from '../training/train_model';
import {addTrainingFlags} from './train';

interface Flags extends TrainingFlags {
  methods: string[];
  out: string;
  backend: string;
  json?: boolean;
}

const EXAMPLES = `
Methods:
${aboutMethods()}

Examples:
  longtail compare photos/ --methods ce,recommended
  longtail compare photos/ --methods ce,ce-adjusted,class-aware --epochs 10 --out compared`;

/** `longtail compare DATA`. */
export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description(
      'Trains a model with each method, from the same weights and on the same sequence of images, and compares them.',
    )
    .argument('<data>', 'images')
    .option('--methods <names>', 'the others are compared with the first', someOf(METHOD_NAMES), [
      'ce',
      'recommended',
    ])
    .option('--out <folder>', 'gets a folder for each method, and report.html', 'longtail-compared')
    .option('--json', 'print JSON');
  addTrainingFlags(command).addHelpText('after', EXAMPLES).action(compare);
}

async function compare(path: string, flags: Flags): Promise<void> {
  const {methods, out} = flags;
  for (const method of methods) checkFolder('--out', servingIn(join(out, method)));
  for (const name of ['report.json', 'report.html']) checkFile('--out', join(out, name));
  tell(`backend: ${await startBackend(flags.backend)}`);
  const models: NamedTest[] = [];
  let actual: Int32Array = new Int32Array();
  let freqInfo: ReturnType<typeof freqInfoOf> | undefined;
  for (const method of methods) {
    const folder = join(out, method);
    const job = await newJob(path, flags, method, folder, `longtail train ${path} --out ${folder} --resume`);
    const {train, test: tested, validation} = job.splits;
    if (!tested && !validation)
      throw new CommandError('Expected images for testing. Received: none (--test 0.1 sets some aside)');
    if (method === methods[0]) tellEmpty({train, validation, test: tested});
    await trainModel(job);
    await writeServing(job);
    const predictions = (await testPredictions(job)) as NonNullable<
      Awaited<ReturnType<typeof testPredictions>>
    >;
    models.push({name: method, predicted: predictions.predicted});
    actual = predictions.actual;
    freqInfo = freqInfoOf(job.record);
    if (method === methods[0]) tellUnreadable(job.splits.unreadable);
  }
  const report = testReport(freqInfo as NonNullable<typeof freqInfo>, actual, models);
  const html = join(out, 'report.html');
  writeText(join(out, 'report.json'), JSON.stringify(report.json, null, 2));
  writeText(html, await report.html(`${methods.join(', ')}: ${path}`));
  print(flags.json, {...report.json, report: html}, () => `${report.text}\n\nreport: ${html}`);
}
