import {type Command, InvalidArgumentError, Option} from 'commander';
import {nearestOf} from '../core/check_options';
import {BACKENDS} from './backend';

/** Parses a flag's number. */
export function number(least: number, most = Number.POSITIVE_INFINITY) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= least && value <= most && Number.isFinite(value)) return value;
    const range =
      most === Number.POSITIVE_INFINITY ? `a number ≥ ${least}` : `a number in ${least} … ${most}`;
    throw new InvalidArgumentError(`It takes ${range}.`);
  };
}

/** Parses a flag's integer. */
export function integer(least: number) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It takes a whole number ≥ ${least}.`);
  };
}

/** Parses one of the given names; for any other, suggests the nearest. */
export function oneOf(names: readonly string[]) {
  return (text: string): string => {
    if (names.includes(text)) return text;
    const nearest = nearestOf(text, names);
    throw new InvalidArgumentError(nearest ? `Did you mean ${nearest}?` : `It takes ${names.join(', ')}.`);
  };
}

/** Parses several of the given names, separated by commas. */
export function someOf(names: readonly string[]) {
  const read = oneOf(names);
  return (text: string): string[] => {
    const chosen = text.split(',').map((name) => read(name.trim()));
    if (new Set(chosen).size < chosen.length) throw new InvalidArgumentError('It takes each name once.');
    return chosen;
  };
}

/** Flags for reading data. */
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

/** Adds the flags for reading data. */
export function addDataFlags(command: Command): Command {
  return addAllowEmptyFlag(command)
    .option('--image-size <pixels>', 'side to which images are resized (default: 64)', integer(4))
    .addOption(new Option('--channels <n>', '3: color; 1: gray').argParser(channels).default(3))
    .option(
      '--validation <share>',
      'share of each class to set aside for validation (default: 0.1)',
      number(0, 0.9),
    )
    .option('--test <share>', 'share of each class to set aside for testing (default: 0.1)', number(0, 0.9))
    .option('--seed <n>', 'for splits, order and weights', integer(0), 0)
    .option('--strict', 'fail on the first unreadable image');
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
