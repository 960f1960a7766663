/** Ends a command with exit code 1: a wrong argument in the one line that names it, anything else with its stack. */
export function fail(error: unknown): void {
  console.error(error instanceof Error && error.name === 'ValueError' ? error.message : error);
  process.exitCode = 1;
}
