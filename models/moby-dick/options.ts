import {parseArgs} from 'node:util';
import {ValueError} from '../../src/core/errors';
import {BACKENDS} from './backend';

export interface Options {
  backend: string;
  epochs: number;
  /** λ, or undefined if it follows from the tail ratio. */
  lambda: number | undefined;
  tailRatio: number;
  seed: number;
  samples: number;
  out: string;
}

interface Flag {
  value: string;
  help: string;
  fallback?: string | number;
  check?: (value: number) => boolean;
  expected?: string;
}

const isCount = (least: number) => (value: number) => Number.isInteger(value) && value >= least;

/** The flags that every command of the main job takes. */
export const FLAGS: Record<string, Flag> = {
  backend: {value: 'NAME', help: `auto, ${BACKENDS.join(', ')}`, fallback: 'auto'},
  epochs: {
    value: 'N',
    help: 'passes over the training set',
    fallback: 6,
    check: isCount(1),
    expected: 'a whole number ≥ 1',
  },
  lambda: {
    value: 'L',
    help: 'λ of the loss: classes with f < λ are spared',
    check: (x) => x >= 0,
    expected: 'a number ≥ 0',
  },
  'tail-ratio': {
    value: 'R',
    help: 'or the share of samples in spared classes, 0 … 1',
    fallback: 0.03,
    check: (x) => x >= 0 && x <= 1,
    expected: 'a number in 0 … 1',
  },
  seed: {
    value: 'N',
    help: 'seed of pages, weights and shuffling',
    fallback: 1,
    check: isCount(0),
    expected: 'a whole number ≥ 0',
  },
  samples: {
    value: 'N',
    help: 'crops per epoch, background included',
    fallback: 50000,
    check: isCount(250),
    expected: 'a whole number ≥ 250',
  },
  out: {value: 'DIR', help: 'directory for all output', fallback: 'out'},
};

/** The text of `--help`. */
export function usage(command: string, flags: Record<string, Flag> = FLAGS): string {
  const lines = Object.entries(flags).map(([name, {value, help, fallback}]) => {
    const left = `  --${name} ${value}`.padEnd(22);
    return `${left}${help}${fallback === undefined ? '' : ` (default ${fallback})`}`;
  });
  return [`Usage: npm ${command} -- [flags]`, ...lines].join('\n');
}

/**
 * Reads the command line.
 *
 * @returns Every flag's value, numbers as numbers, undefined if it was left out and has no default; or 'help'.
 * @throws ValueError naming an unknown flag, or a value that its flag does not take.
 */
export function readFlags(
  args: readonly string[],
  flags: Record<string, Flag> = FLAGS,
): Record<string, string | number | undefined> | 'help' {
  const names = Object.keys(flags);
  const options = Object.fromEntries(names.map((name) => [name, {type: 'string' as const}]));
  let values: Record<string, string | boolean | undefined>;
  try {
    ({values} = parseArgs({args: [...args], options: {...options, help: {type: 'boolean', short: 'h'}}}));
  } catch (error) {
    throw new ValueError(
      `${(error as Error).message} Known flags: ${names.map((name) => `--${name}`).join(', ')}`,
    );
  }
  if (values.help) return 'help';
  return Object.fromEntries(
    Object.entries(flags).map(([name, {fallback, check, expected}]) => {
      const given = values[name] as string | undefined;
      if (given === undefined || check === undefined) return [name, given ?? fallback];
      const number = given.trim() === '' ? Number.NaN : Number(given);
      if (!check(number))
        throw new ValueError(`Expected \`--${name}\` to be ${expected}. Received: ${given}`);
      return [name, number];
    }),
  );
}

/** @throws ValueError like `readFlags`, and if both λ and a tail ratio are given. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const values = readFlags(args);
  if (values === 'help') return 'help';
  if (values.lambda !== undefined && args.some((arg) => arg.startsWith('--tail-ratio'))) {
    throw new ValueError('Expected one of `--lambda` and `--tail-ratio`. Received: both');
  }
  return {
    backend: checkedBackend(values.backend as string),
    epochs: values.epochs as number,
    lambda: values.lambda as number | undefined,
    tailRatio: values['tail-ratio'] as number,
    seed: values.seed as number,
    samples: values.samples as number,
    out: values.out as string,
  };
}

/** @throws ValueError when there is no backend of that name. */
export function checkedBackend(name: string): string {
  if (name !== 'auto' && !BACKENDS.includes(name as never)) {
    throw new ValueError(`Expected \`--backend\` to be auto, ${BACKENDS.join(', ')}. Received: ${name}`);
  }
  return name;
}
