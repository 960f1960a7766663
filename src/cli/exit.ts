/** Exit codes of the process. */
export const EXIT = {ok: 0, failure: 1, usage: 2, interrupted: 130} as const;

/** An invalid command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An error that the user can fix, reported without a stack trace. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly code: number = EXIT.failure,
  ) {
    super(message);
  }
}
