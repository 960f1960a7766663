import {join} from 'node:path';
import test from 'ava';
import {runJob} from '../../../models/moby-dick/run_job';

const SCRIPT = join(__dirname, 'echo_process.ts');

test('numbers come back as they are, those too that JSON does not have', async (t) => {
  const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, -0];
  const shares: number[] = [];
  const result = await runJob(SCRIPT, 'An echo', {values}, ({share}: {share: number}) => shares.push(share));
  t.deepEqual(result, {values});
  t.deepEqual(shares, [0.5]);
});

test('a process that ends without a result is an error that names it', async (t) => {
  await t.throwsAsync(runJob(SCRIPT, 'An echo', {values: [], fail: true}), {
    message: 'An echo ended without a result (exit code 3).',
  });
});
