const PEERS = ['@observablehq/plot', 'linkedom'];

/** Says in words which of the packages that pictures need is missing. @throws Error naming it. */
export function requirePeers(): void {
  for (const name of PEERS) {
    try {
      require(name);
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException;
      if (code === 'MODULE_NOT_FOUND') {
        throw new Error(`tfjs-longtail/notebook draws with ${name}: npm install ${PEERS.join(' ')}`);
      }
      if (code === 'ERR_REQUIRE_ESM') {
        throw new Error(`tfjs-longtail/notebook needs Node 20.19 or newer, which can require() ${name}.`);
      }
      throw error;
    }
  }
}
