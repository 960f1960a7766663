/** Milliseconds that a call takes of the CPU, its helper threads included: of a machine with other work, a fair share. */
export async function cpuTime(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await call();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least CPU time of a step, per step of a run, in as many runs as `atLeastMs` of it take. */
export async function leastPerStep(
  run: () => Promise<unknown>,
  steps: number,
  atLeastMs: number,
): Promise<number> {
  let [total, least] = [0, Number.POSITIVE_INFINITY];
  while (total < atLeastMs) {
    const ms = await cpuTime(run);
    total += ms;
    least = Math.min(least, ms / steps);
  }
  return least;
}
