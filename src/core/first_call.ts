type Check = (yPred: unknown) => void;

const checks = new Set<Check>();

/** Calls `check`, once, with the predictions of the first loss or metric that is called as a function. */
export function onFirstCall(check: Check): void {
  checks.add(check);
}

/** Reports a call as a function. TensorFlow.js makes such calls where the hook into LayersModel does not reach. */
export function called(yPred: unknown): void {
  if (checks.size === 0) return;
  const due = [...checks];
  checks.clear();
  for (const check of due) check(yPred);
}
