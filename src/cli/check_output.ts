import {closeSync, existsSync, mkdirSync, openSync, rmdirSync, rmSync, type Stats, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {CommandError} from './exit';

/**
 * Tries whether a folder can be written to, before work goes into what is to lie there. Leaves nothing behind.
 *
 * @param flag What it was given as, for the message.
 * @throws CommandError where it cannot.
 */
export function checkFolder(flag: string, folder: string): void {
  const of = {flag, path: folder, kind: 'a folder'};
  const stat = statOf(folder);
  if (stat && !stat.isDirectory()) refuse(of, 'is a file');
  tryToWrite(of, join(folder, `.longtail-${process.pid}`), true);
}

/** The same of a file, whose content stays as it is. */
export function checkFile(flag: string, file: string): void {
  const of = {flag, path: file, kind: 'a file'};
  const stat = statOf(file);
  if (stat?.isDirectory()) refuse(of, 'is a folder');
  // Pipes and devices are there to be written to, and opening one may wait or end it.
  if (!stat || stat.isFile()) tryToWrite(of, file, !stat);
}

interface Output {
  flag: string;
  path: string;
  kind: string;
}

function tryToWrite(of: Output, file: string, isNew: boolean): void {
  const made: string[] = [];
  try {
    for (const folder of missingFolders(resolve(dirname(file)))) {
      mkdirSync(folder);
      made.unshift(folder);
    }
    closeSync(openSync(file, 'a'));
    if (isNew) rmSync(file);
  } catch (error) {
    refuse(of, (error as Error).message);
  } finally {
    for (const folder of made) rmdirSync(folder);
  }
}

/** The folders to make, one by one: below /proc, Node's recursive mkdir does not come back. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false});
  } catch {
    // Below a file, or where nobody may look: writing says so.
    return undefined;
  }
}

function refuse({flag, path, kind}: Output, reason: string): never {
  throw new CommandError(`Expected ${flag} to be ${kind} that can be written. Received: ${path} (${reason})`);
}
