import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {clean, notebookText} from './clean';
import {type CellReport, execute} from './execute';
import {hasJupyter, NOTEBOOKS, prepare} from './prepare';

/**
 * Runs the notebooks in `directory`, one after the other.
 *
 * @param options.write Whether to keep the outputs in the files.
 * @param options.only Run those alone whose names begin like this.
 */
export async function runAll(
  directory: string,
  {
    write = false,
    only = '',
    log = console.log,
  }: {write?: boolean; only?: string; log?: (line: string) => void} = {},
): Promise<{passed: number; failed: number}> {
  const names = readdirSync(directory)
    .filter((name) => name.startsWith(only) && name.endsWith('.ipynb'))
    .sort();
  let failed = 0;
  for (const name of names) {
    const file = join(directory, name);
    const start = Date.now();
    try {
      const executed = await execute(file, (report) => log(`${name}  ${describe(report)}`));
      if (write) writeFileSync(file, notebookText(clean(executed)));
      log(`${name}  passed in ${((Date.now() - start) / 1000).toFixed(0)} s\n`);
    } catch (error) {
      ++failed;
      log(`${name}  FAILED: ${(error as Error).message}\n`);
    }
  }
  return {passed: names.length - failed, failed};
}

function describe(report: CellReport): string {
  const cell = `cell ${report.cell}/${report.cells}`;
  if ('seconds' in report) return `${cell}  ${report.seconds.toFixed(1)} s`;
  return `${cell} failed:\n${indent(report.source)}\n\n${indent(report.error)}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

async function main(): Promise<void> {
  if (!hasJupyter('nbconvert')) {
    throw new Error(
      'Jupyter is not installed. On Debian and Ubuntu: apt-get install -y jupyter-nbconvert jupyter-client',
    );
  }
  prepare();
  const {passed, failed} = await runAll(NOTEBOOKS, {
    write: process.argv.includes('--write'),
    only: process.argv.slice(2).find((argument) => !argument.startsWith('--')),
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (require.main === module) {
  main().catch((error) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}
