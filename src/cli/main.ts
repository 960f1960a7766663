import {Command, CommanderError} from 'commander';
import {nearestOf} from '../core/check_options';
import {ValueError} from '../core/errors';
import {VERSION} from '../core/version';
import '../index.node';
import {MissingPeerError} from '../io/datasets/require_peer';
import {addAdjust} from './commands/adjust';
import {addCompare} from './commands/compare';
import {addEvaluate} from './commands/evaluate';
import {addFrequency} from './commands/frequency';
import {addPredict} from './commands/predict';
import {addTrain} from './commands/train';
import {CommandError, EXIT, UsageError} from './exit';

const EXAMPLES = `
Examples:
  longtail frequency photos/                     how long is the tail, and what to do about it
  longtail train photos/ --out owls              train, checkpoint, test, and write owls/serving
  longtail compare photos/ --methods ce,recommended
  longtail predict owls new/*.jpg

DATA is a folder with one folder of images per class, a list (.csv, .tsv, .jsonl: path, label), or a folder of CIFAR's
or MNIST's files. \`longtail COMMAND --help\` says more.`;

const COMMANDS = [addFrequency, addTrain, addCompare, addEvaluate, addAdjust, addPredict];

/**
 * Runs a command line.
 *
 * @param args The arguments after the program's name.
 * @returns The exit code: 0, 1 after a failure, 2 for an invalid command line, 130 after Ctrl-C.
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync([...args], {from: 'user'});
    return EXIT.ok;
  } catch (error) {
    return report(error);
  }
}

function program(): Command {
  const longtail = new Command('longtail')
    .description('From a folder of imbalanced images to a trained, measured, served model.')
    .version(VERSION)
    .addHelpText('after', EXAMPLES);
  for (const add of COMMANDS) add(longtail);
  for (const command of [longtail, ...longtail.commands]) {
    command.exitOverride().configureOutput({writeErr: () => {}});
  }
  return longtail.allowExcessArguments().action(() => {
    const names = longtail.commands.map((command) => command.name());
    const [wrong] = longtail.args;
    if (wrong === undefined) throw new UsageError(`expected a command: ${names.join(', ')}`);
    const nearest = nearestOf(wrong, names);
    const hint = nearest ? `Did you mean ${nearest}?` : `There are ${names.join(', ')}.`;
    throw new UsageError(`unknown command '${wrong}'. ${hint}`);
  });
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    return say(oneSentence(error.message), EXIT.usage);
  }
  if (error instanceof UsageError) return say(error.message, EXIT.usage);
  if (error instanceof CommandError) return say(error.message, error.code);
  const isOwn = error instanceof ValueError || error instanceof MissingPeerError;
  const {message, stack} = error as Error;
  if (isOwn) return say(message, EXIT.failure);
  if (process.env.LONGTAIL_DEBUG) return say(String(stack), EXIT.failure);
  return say(`${String(message).split('\n')[0]} (LONGTAIL_DEBUG=1 shows where)`, EXIT.failure);
}

function say(text: string, code: number): number {
  process.stderr.write(`longtail: ${text}\n`);
  return code;
}

/** Puts commander's two lines, an error and a suggestion in parentheses, on one line. */
function oneSentence(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*\((Did you mean .*)\)/s, '. $1')
    .replace(/\s*\n\s*/g, ' ');
}
