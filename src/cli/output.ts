import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {CommandError} from './exit';

/** Prints a result as JSON with `--json`, otherwise as text. */
export function print(json: boolean | undefined, value: object, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`);
}

/** Reports progress on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes a file, creating its folders. @throws CommandError if that fails. */
export function writeText(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(
      `Expected ${file} to be a file that can be written to. Received: ${(error as Error).message}`,
    );
  }
}
