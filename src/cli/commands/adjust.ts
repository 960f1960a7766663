import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Command} from 'commander';
import {withAdjustedLogits} from '../../training';
import {startBackend} from '../backend';
import {checkFolder} from '../check_output';
import {CommandError, UsageError} from '../exit';
import {addBackendFlag, number} from '../flags';
import {finished, freqInfoOf, loadTrained, saveModel} from '../model_record';
import {print} from '../output';

interface Flags {
  tau: number;
  out?: string;
  force?: boolean;
  backend: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  longtail train photos/ --method ce --out plain
  longtail adjust plain --tau 1 --out adjusted
  longtail evaluate adjusted photos/`;

/** `longtail adjust MODEL`. */
export function addAdjust(program: Command): void {
  const command = program
    .command('adjust')
    .description(
      'Folds −τ · log π_j, with class frequencies π_j, into the last bias of a model trained with plain cross entropy.',
    )
    .argument('<model>', 'the folder that `longtail train` wrote')
    .option('--tau <tau>', '0 changes nothing, 1 compensates fully for class frequencies', number(0), 1)
    .option('--out <folder>', 'folder of the new model (default: MODEL-adjusted)')
    .option('--force', 'overwrite OUT; adjust even if the method already compensates for frequencies')
    .option('--json', 'print JSON');
  addBackendFlag(command).addHelpText('after', EXAMPLES).action(adjust);
}

async function adjust(path: string, flags: Flags): Promise<void> {
  const {tau, force, out = `${path.replace(/\/+$/, '')}-adjusted`} = flags;
  checkFolder('--out', out);
  await startBackend(flags.backend);
  const {model, record} = await loadTrained(path);
  if (record.adjusts && !force) {
    throw new CommandError(
      `${path} was trained by ${record.method}, which already compensates for frequencies; --force adjusts it anyway`,
    );
  }
  if (existsSync(join(out, 'model.json')) && !force) {
    throw new UsageError(`${out} already has a model: --force overwrites it, --out takes another folder`);
  }
  const adjusted = withAdjustedLogits(finished(model, record), freqInfoOf(record), {tau});
  const {post_hoc_tau: _, ...own} = record;
  const method = `${record.method}, τ = ${tau}`;
  await saveModel(adjusted, {...own, method, adjusts: true}, out, false);
  const file = join(out, 'model.json');
  print(flags.json, {model: file, tau}, () => `model: ${file}`);
}
