import {serveJob} from '../../../models/moby-dick/serve_job';

/** Sends back what it is sent, or fails where it is told to. */
serveJob(async ({values, fail}: {values: number[]; fail?: boolean}) => {
  if (fail) process.exit(3);
  process.send?.({kind: 'progress', share: 0.5});
  return {values};
});
