import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {buildSync} from 'esbuild';
import {run} from '../../io/files/start_saver';

/** Bundles training_process.ts into `directory`; returns the script. */
export function buildTraining(directory: string): string {
  const outfile = join(directory, 'training.cjs');
  const entryPoints = [join(__dirname, 'training_process.ts')];
  buildSync({entryPoints, bundle: true, platform: 'node', outfile, ignoreAnnotations: true});
  return outfile;
}

export interface KillReport {
  kills: number;
  /** Trainings that were killed again and again, and went on to their end. */
  trainings: number;
  /** Kills that left a save unfinished. */
  unfinished: number;
  /** The weights of each training's end. */
  ends: number[][][];
  broken: string[];
}

/** Kills trainings at random moments, each up to `perTraining` times, until `kills` are reached. */
export async function killTrainings(
  script: string,
  root: string,
  kills: number,
  perTraining = 5,
): Promise<KillReport> {
  const report: KillReport = {kills: 0, trainings: 0, unfinished: 0, ends: [], broken: []};
  while (report.kills < kills) {
    const directory = join(root, `training-${report.trainings++}`);
    for (let i = 0; i < perTraining && report.kills < kills; i++) {
      let timer: NodeJS.Timeout | undefined;
      const {signal, errors} = await run(process.execPath, [script, directory, '1'], (output, child) => {
        // From the first batch on, some batches' time.
        timer ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
        if (output.includes('{')) clearTimeout(timer);
      });
      clearTimeout(timer);
      if (signal !== 'SIGKILL') {
        if (errors.includes('Error')) report.broken.push(errors);
        break;
      }
      report.kills++;
      if (
        existsSync(directory) &&
        readdirSync(directory).some((name) => !existsSync(join(directory, name, 'model.json')))
      )
        report.unfinished++;
    }
    const {output, errors, code} = await run(process.execPath, [script, directory, '1']);
    if (code !== 0) report.broken.push(errors);
    else report.ends.push(JSON.parse(output.slice(output.indexOf('{'))).weights);
    if (readdirSync(directory).length > 2) report.broken.push(`litter: ${readdirSync(directory).join()}`);
  }
  return report;
}
