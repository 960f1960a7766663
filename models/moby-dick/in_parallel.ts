/**
 * Runs tasks in order, `jobs` of them at a time. If one fails, no other starts; running tasks finish, and then the first
 * error is thrown.
 */
export async function inParallel(tasks: readonly (() => Promise<void>)[], jobs: number): Promise<void> {
  const errors: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < tasks.length && errors.length === 0) {
      try {
        await tasks[next++]();
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({length: jobs}, worker));
  if (errors.length > 0) throw errors[0];
}
