/** Milliseconds that a call takes of the CPU, its helper threads included: of a machine with other work, a fair share. */
export async function cpuTime(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await call();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** CPU time of one step, over as many runs as `atLeastMs` of it take. */
export async function cpuPerStep(
  run: () => Promise<unknown>,
  steps: number,
  atLeastMs: number,
): Promise<number> {
  let [total, runs] = [0, 0];
  while (total < atLeastMs) {
    total += await cpuTime(run);
    runs++;
  }
  return total / (runs * steps);
}
