import {type ChildProcess, spawn} from 'node:child_process';
import {join} from 'node:path';
import {buildSync} from 'esbuild';

/** Bundles saver_process.ts into `directory`, without tfjs so that it starts fast; returns the script. */
export function buildSaver(directory: string): string {
  const outfile = join(directory, 'saver.cjs');
  buildSync({entryPoints: [join(__dirname, 'saver_process.ts')], bundle: true, platform: 'node', outfile});
  return outfile;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  errors: string;
}

/** Runs a command and collects its output; `onOutput` receives all output so far, each time more arrives. */
export function run(
  command: string,
  args: string[],
  onOutput: (output: string, child: ChildProcess) => void = () => {},
  cwd?: string,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {cwd, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => {
      output += data;
      onOutput(output, child);
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({code, signal, output, errors}));
  });
}
