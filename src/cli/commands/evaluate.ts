import {resolve} from 'node:path';
import type {Command} from 'commander';
import {type LabeledDataset, type LabeledSplits, openDataset} from '../../io/datasets';
import {startBackend} from '../backend';
import {checkFile} from '../check_output';
import {asGiven, reopen, tellEmpty, tellUnreadable} from '../data';
import {CommandError} from '../exit';
import {addBackendFlag, oneOf} from '../flags';
import {finished, freqInfoOf, loadTrained, type ModelRecord} from '../model_record';
import {print, writeText} from '../output';
import {testReport} from '../report/test_report';
import {predictDataset} from '../training/predict_dataset';

const PARTS = ['test', 'validation', 'train', 'all'] as const;

interface Flags {
  part?: (typeof PARTS)[number];
  html?: string;
  strict?: boolean;
  backend: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  longtail evaluate owls photos/                 the images that training set aside
  longtail evaluate owls more-photos/ --html report.html`;

/** `longtail evaluate MODEL DATA`. */
export function addEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .description('Measures a model on images: each class, each group, and overall.')
    .argument('<model>', 'the folder that `longtail train` wrote')
    .argument('<data>', 'images')
    .option(
      '--part <name>',
      'test, validation or train, if the data has that part; all, if no part is set aside (default: test, else validation, else all)',
      oneOf(PARTS),
    )
    .option('--html <file>', 'write a page with pictures')
    .option('--strict', 'fail on the first unreadable image')
    .option('--json', 'print JSON');
  addBackendFlag(command).addHelpText('after', EXAMPLES).action(evaluate);
}

async function evaluate(path: string, data: string, flags: Flags): Promise<void> {
  if (flags.html) checkFile('--html', flags.html);
  await startBackend(flags.backend);
  const {model, record} = await loadTrained(path);
  const splits = await dataFor(record, data, flags.strict);
  const dataset = partOf(splits, flags.part);
  const {actual, predicted} = await predictDataset(finished(model, record), asGiven(dataset));
  const report = testReport(freqInfoOf(record), actual, [{name: record.method, predicted}]);
  if (flags.html) writeText(flags.html, await report.html(`${path} on ${data}`));
  tellEmpty({[flags.part ?? 'data']: dataset});
  tellUnreadable(splits.unreadable);
  print(flags.json, {...report.json, unreadable: splits.unreadable}, () => report.text);
}

/** Splits the training data as in training, and other data as its folders say. */
function dataFor(record: ModelRecord, data: string, strict: boolean | undefined): Promise<LabeledSplits> {
  if (resolve(data) === record.data.path) return reopen(record.data, record.class_names, {strict});
  const {image_size: imageSize, channels, seed} = record.data;
  return openDataset(data, {
    imageSize,
    channels,
    seed,
    strict,
    allowEmpty: true,
    classNames: record.class_names,
  });
}

function partOf(splits: LabeledSplits, part: Flags['part']): LabeledDataset {
  const {train, validation, test: tested} = splits;
  if (part === undefined) return tested ?? validation ?? train;
  if (part === 'all') {
    if (!validation && !tested) return train;
    throw new CommandError(
      'Expected `--part all` with data that is not split. Received: data with a part set aside',
    );
  }
  const chosen = splits[part];
  if (chosen) return chosen;
  throw new CommandError(`Expected data that has a ${part} part. Received: none`);
}
