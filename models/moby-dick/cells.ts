import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Results of single trainings, kept in files, so that a run that is interrupted goes on. */
export class Cells<Result> {
  private readonly directory: string;

  /** @param options What the results depend on: other options have other cells. */
  constructor(directory: string, options: unknown) {
    const key = createHash('sha256').update(JSON.stringify(options)).digest('hex').slice(0, 12);
    this.directory = join(directory, 'cells', key);
    mkdirSync(this.directory, {recursive: true});
    writeFileSync(join(this.directory, 'options.json'), `${JSON.stringify(options, null, 2)}\n`);
  }

  /** The result of an earlier run. */
  get(name: string): Result | undefined {
    const file = this.file(name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  }

  /** Keeps a result: whole or not at all. */
  set(name: string, result: Result): void {
    const file = this.file(name);
    writeFileSync(`${file}.partial`, JSON.stringify(result));
    renameSync(`${file}.partial`, file);
  }

  private file(name: string): string {
    return join(this.directory, `${name}.json`);
  }
}
