import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import {inParallel} from '../../../models/moby-dick/in_parallel';

test('tasks begin in order, so many at a time', async (t) => {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const tasks = [30, 1, 1, 10, 1].map((ms, i) => async () => {
    begun.push(i);
    most = Math.max(most, ++running);
    await setTimeout(ms);
    running--;
  });
  await inParallel(tasks, 2);
  t.deepEqual([begun, most, running], [[0, 1, 2, 3, 4], 2, 0]);
});

test('after a failure none begins, and those that run end first', async (t) => {
  const ended: number[] = [];
  const tasks = [
    async () => {
      await setTimeout(20);
      ended.push(0);
    },
    () => Promise.reject(new Error('one')),
    async () => void ended.push(2),
  ];
  await t.throwsAsync(inParallel(tasks, 2), {message: 'one'});
  t.deepEqual(ended, [0]);
});
