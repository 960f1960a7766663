import {fork} from 'node:child_process';
import {once} from 'node:events';

/** A message from a job's process. */
type Message<Step, Result> = ({kind: 'progress'} & Step) | {kind: 'done'; result: Result};

/**
 * Runs a job in a separate process: the backends of plain Node use one core, and there are usually more.
 *
 * @param script Path of a module that calls `serveJob`.
 * @param what For the error's message.
 * @throws Error (rejects) when the process ends without a result.
 */
export function runJob<Job extends object, Step, Result>(
  script: string,
  what: string,
  job: Job,
  onProgress: (step: Step) => void = () => {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    // JSON, Node's default between processes, has no NaN, which is a metric's value for a batch without rare samples.
    const child = fork(script, {execArgv: ['-r', 'tsx/cjs'], serialization: 'advanced'});
    let done: {result: Result} | undefined;
    child.on('message', (message: Message<Step, Result>) => {
      if (message.kind === 'progress') onProgress(message);
      else done = message;
    });
    child.on('error', reject);
    // The last message may arrive after the exit, but not after the disconnection.
    Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(([[code, signal]]) => {
      if (done) resolve(done.result);
      else reject(new Error(`${what} ended without a result (${signal ?? `exit code ${code}`}).`));
    }, reject);
    child.send(job);
  });
}
