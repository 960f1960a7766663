/** Runs the job that the parent process sends; what `work` returns is sent back as `{kind: 'done', result}`. */
export function serveJob<Job, Result>(work: (job: Job) => Promise<Result>): void {
  // A parent that is gone has no use for the result.
  let finished = false;
  process.on('disconnect', () => {
    if (!finished) process.exit(1);
  });
  process.on('message', (job: Job) => {
    work(job)
      .then((result) => {
        process.send?.({kind: 'done', result});
        finished = true;
        process.disconnect();
      })
      .catch((error) => {
        console.error(error);
        process.exit(1);
      });
  });
}
