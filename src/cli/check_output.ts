import {closeSync, existsSync, mkdirSync, openSync, rmdirSync, rmSync, type Stats, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {CommandError} from './exit';

/**
 * Checks that a folder can be written to before any work is done for it. Leaves nothing behind.
 *
 * @param flag The flag it was given with, for the message.
 * @throws CommandError if it cannot.
 */
export function checkFolder(flag: string, folder: string): void {
  const of = {flag, path: folder, kind: 'a folder'};
  const stat = statOf(folder);
  if (stat && !stat.isDirectory()) refuse(of, 'is a file');
  tryToWrite(of, join(folder, `.longtail-${process.pid}`), true);
}

/** Checks the same for a file, whose content is left unchanged. */
export function checkFile(flag: string, file: string): void {
  const of = {flag, path: file, kind: 'a file'};
  const stat = statOf(file);
  if (stat?.isDirectory()) refuse(of, 'is a folder');
  // Skips pipes and devices: they are meant for writing, and opening one may block or end it.
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

/** Lists the folders to create, one by one: below /proc, Node's recursive mkdir never returns. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false});
  } catch {
    // Below a file, or in an unreadable folder: writing will report it.
    return undefined;
  }
}

function refuse({flag, path, kind}: Output, reason: string): never {
  throw new CommandError(
    `Expected ${flag} to be ${kind} that can be written to. Received: ${path} (${reason})`,
  );
}
