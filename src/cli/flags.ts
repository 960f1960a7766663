import {type Command, InvalidArgumentError, Option} from 'commander';
import {nearestOf} from '../core/check_options';
import {BACKENDS} from './backend';

/** Reads a number of a flag. */
export function number(least: number, most = Number.POSITIVE_INFINITY) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= least && value <= most && Number.isFinite(value)) return value;
    const range =
      most === Number.POSITIVE_INFINITY ? `a number ≥ ${least}` : `a number in ${least} … ${most}`;
    throw new InvalidArgumentError(`It takes ${range}.`);
  };
}

/** Reads a whole number of a flag. */
export function integer(least: number) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It takes a whole number ≥ ${least}.`);
  };
}

/** Reads one of some names, and says the nearest to another one. */
export function oneOf(names: readonly string[]) {
  return (text: string): string => {
    if (names.includes(text)) return text;
    const nearest = nearestOf(text, names);
    throw new InvalidArgumentError(nearest ? `Did you mean ${nearest}?` : `It takes ${names.join(', ')}.`);
  };
}

/** Reads several of some names, with commas between them. */
export function someOf(names: readonly string[]) {
  const read = oneOf(names);
  return (text: string): string[] => {
    const chosen = text.split(',').map((name) => read(name.trim()));
    if (new Set(chosen).size < chosen.length) throw new InvalidArgumentError('It takes each name once.');
    return chosen;
  };
}

/** Flags of how data is read. */
export interface DataFlags {
  imageSize?: number;
  channels: number;
  validation?: number;
  test?: number;
  seed: number;
  strict?: boolean;
  allowEmpty?: boolean;
}

/** Adds `--allow-empty`. */
export function addAllowEmptyFlag(command: Command): Command {
  return command.option('--allow-empty', 'keep classes whose folder has no images');
}

/** Adds the flags of how data is read. */
export function addDataFlags(command: Command): Command {
  return addAllowEmptyFlag(command)
    .option('--image-size <pixels>', 'side that images are brought to (default: 64)', integer(4))
    .addOption(new Option('--channels <n>', '3: colour; 1: grey').argParser(channels).default(3))
    .option('--validation <share>', 'of each class, set aside for validation (default: 0.1)', number(0, 0.9))
    .option('--test <share>', 'of each class, set aside for the test (default: 0.1)', number(0, 0.9))
    .option('--seed <n>', 'of splits, order and weights', integer(0), 0)
    .option('--strict', 'fail at the first image that cannot be read');
}

function channels(text: string): number {
  if (text === '1' || text === '3') return Number(text);
  throw new InvalidArgumentError('It takes 1 or 3.');
}

/** Adds `--backend`. */
export function addBackendFlag(command: Command): Command {
  return command.option(
    '--backend <name>',
    `auto, ${BACKENDS.join(', ')}`,
    oneOf(['auto', ...BACKENDS]),
    'auto',
  );
}
