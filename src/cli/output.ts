import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {CommandError} from './exit';

/** Prints a result: as JSON with `--json`, else as text. */
export function print(json: boolean | undefined, value: object, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`);
}

/** Tells about progress, on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes a file, and the folders that it lies in. @throws CommandError where that fails. */
export function writeText(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`Expected to be able to write ${file}. Received: ${(error as Error).message}`);
  }
}
