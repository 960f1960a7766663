import {posix, win32} from 'node:path';

/**
 * Whether a path that a file names stays in that file's folder, on every system and for readers that decode `%2e`,
 * too: a relative one without a drive that climbs no higher than it went down.
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
    // A percent sign that encodes nothing is one of the name.
    return path.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c/gi, '\\').replace(/%00/g, '\0');
  }
}
