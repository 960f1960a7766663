/** Ends a command with exit code 1. A wrong argument prints one line that names it, any other error its stack. */
export function fail(error: unknown): void {
  console.error(error instanceof Error && error.name === 'ValueError' ? error.message : error);
  process.exitCode = 1;
}
