import {posix, win32} from 'node:path';

/**
 * Whether a path stays inside the folder it is relative to, on every system and even for readers that decode `%2e`: it
 * must be relative, have no drive, and never climb above its start.
 */
export function staysInside(path: string): boolean {
  return [path, decoded(path)].every((name) => {
    if (name.includes('\0') || posix.isAbsolute(name) || win32.isAbsolute(name)) return false;
    if (/^[A-Za-z]:/.test(name)) return false;
    return [posix.normalize(name), win32.normalize(name)].every((normal) => !/^\.\.(?:[\\/]|$)/.test(normal));
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing is part of the name.
    return path.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c/gi, '\\').replace(/%00/g, '\0');
  }
}
