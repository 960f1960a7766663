type Check = (yPred: unknown) => void;

const checks = new Set<Check>();

/** Has `check` called, once, with the predictions of the first loss or metric that is called as a function. */
export function onFirstCall(check: Check): void {
  checks.add(check);
}

/** For what is called as a function. TensorFlow.js does it where the hook into LayersModel does not reach. */
export function called(yPred: unknown): void {
  if (checks.size === 0) return;
  const due = [...checks];
  checks.clear();
  for (const check of due) check(yPred);
}
