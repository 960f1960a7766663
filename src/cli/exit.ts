/** What the process ends with. */
export const EXIT = {ok: 0, failure: 1, usage: 2, interrupted: 130} as const;

/** A command line that cannot be meant so. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that the user can mend: said without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly code: number = EXIT.failure,
  ) {
    super(message);
  }
}
