import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Raise this when data, network or training change: older results are then no longer found. */
const VERSION = 2;

/** Results of single trainings, kept in files, so that an interrupted run can continue. */
export class Cells<Result> {
  private readonly directory: string;

  /** @param options What the results depend on: different options have separate cells. */
  constructor(directory: string, options: unknown) {
    const depends = JSON.stringify({version: VERSION, options});
    const key = createHash('sha256').update(depends).digest('hex').slice(0, 12);
    this.directory = join(directory, 'cells', key);
    mkdirSync(this.directory, {recursive: true});
    writeFileSync(join(this.directory, 'options.json'), `${JSON.stringify(options, null, 2)}\n`);
  }

  /** The result of an earlier run. */
  get(name: string): Result | undefined {
    const file = this.file(name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  }

  /** Writes a result, completely or not at all. */
  set(name: string, result: Result): void {
    const file = this.file(name);
    writeFileSync(`${file}.partial`, JSON.stringify(result));
    renameSync(`${file}.partial`, file);
  }

  /** Directory for files that belong to a result. */
  directoryOf(name: string): string {
    return join(this.directory, name);
  }

  private file(name: string): string {
    return join(this.directory, `${name}.json`);
  }
}
