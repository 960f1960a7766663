/**
 * Loads an optional peer when it is first needed.
 *
 * @param why The feature that needs it, for the message.
 * @throws Error saying how to install it if it is missing.
 */
export function requirePeer<T>(name: string, why: string): T {
  try {
    return require(name) as T;
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code !== 'MODULE_NOT_FOUND') throw error;
    throw new MissingPeerError(
      `${why} needs ${name.split('/sync')[0]}: npm install ${name.split('/sync')[0]}`,
    );
  }
}

/** An optional peer that is not installed. */
export class MissingPeerError extends Error {
  override readonly name = 'MissingPeerError';
}
