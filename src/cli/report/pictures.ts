import {CommandError} from '../exit';

type Report = typeof import('../../report/on_node');

const PEERS = ['@observablehq/plot', 'linkedom'];

/** Draws a picture as SVG for a page; without the peers, returns a line saying how to install them. */
export async function picture(draw: (report: Report) => string): Promise<string> {
  return isMissing()
    ? `<p>Drawn with ${PEERS.join(' and ')}: npm install ${PEERS.join(' ')}</p>`
    : draw(await load());
}

/** Draws a requested picture. @throws CommandError without the peers. */
export async function requirePicture(draw: (report: Report) => string): Promise<string> {
  if (isMissing())
    throw new CommandError(`Drawing pictures needs ${PEERS.join(' and ')}: npm install ${PEERS.join(' ')}`);
  return draw(await load());
}

function load(): Promise<Report> {
  return import('../../report/on_node');
}

function isMissing(): boolean {
  try {
    for (const name of PEERS) require.resolve(name);
    return false;
  } catch {
    return true;
  }
}
