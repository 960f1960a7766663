/** Runs the job that the parent process sends, and sends back the result of `work` as `{kind: 'done', result}`. */
export function serveJob<Job, Result>(work: (job: Job) => Promise<Result>): void {
  // If the parent is gone, nobody needs the result.
  let finished = false;
  process.on('disconnect', () => {
    if (!finished) process.exit(1);
  });
  process.on('message', (job: Job) => {
    work(job)
      .then((result) => sent({kind: 'done', result}))
      .then(() => {
        finished = true;
        process.disconnect();
      })
      .catch((error) => {
        console.error(error);
        process.exit(1);
      });
  });
}

/** Resolves once the message is on its way: closing the channel earlier would lose it. */
function sent(message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error: Error | null) =>
      error ? reject(error) : resolve(),
    );
  });
}
