import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import type {Notebook} from './clean';
import {jupyterEnvironment} from './prepare';

/** What is told of each code cell: that it has run, or why it has not. Cells count from 1. */
export type CellReport =
  | {cell: number; cells: number; seconds: number}
  | {cell: number; cells: number; source: string; error: string};

/**
 * Runs a notebook from its first cell to its last, in a kernel of its own and in its own directory; the file stays as it is.
 *
 * @param onCell Told of each cell, and of the one that failed before this throws.
 * @returns The notebook with its outputs.
 * @throws Error when a cell fails, or Jupyter does.
 */
export async function execute(file: string, onCell: (report: CellReport) => void): Promise<Notebook> {
  const out = mkdtempSync(join(tmpdir(), 'notebook-'));
  try {
    const config = join(__dirname, 'nbconvert_config.py');
    const options = ['--config', config, '--to', 'notebook', '--output-dir', out, basename(file)];
    const child = spawn('jupyter', ['nbconvert', ...options], {
      cwd: dirname(file),
      env: jupyterEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    for await (const line of createInterface({input: child.stdout})) onCell(JSON.parse(line));
    if ((await ended) !== 0) throw new Error(errors.trim().split('\n').at(-1) || 'jupyter nbconvert failed');
    return JSON.parse(readFileSync(join(out, basename(file)), 'utf8'));
  } finally {
    rmSync(out, {recursive: true, force: true});
  }
}
