import {CommandError} from '../exit';

type Report = typeof import('../../report/on_node');

const PEERS = ['@observablehq/plot', 'linkedom'];

/** A picture as SVG; in pages, without what draws, a line that says how to get it. */
export async function picture(draw: (report: Report) => string): Promise<string> {
  return isMissing()
    ? `<p>Drawn with ${PEERS.join(' and ')}: npm install ${PEERS.join(' ')}</p>`
    : draw(await load());
}

/** A picture that was asked for. @throws CommandError without what draws. */
export async function requirePicture(draw: (report: Report) => string): Promise<string> {
  if (isMissing())
    throw new CommandError(`Pictures are drawn with ${PEERS.join(' and ')}: npm install ${PEERS.join(' ')}`);
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
