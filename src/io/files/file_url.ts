import * as nodePath from 'node:path';

const SCHEME = 'file://';

/**
 * The path of a `file://` URL, or null for any other URL. As in tfjs-node, everything after `file://` is the path,
 * relative (`file://models/mine`) or absolute (`file:///srv/models/mine`), and nothing is percent-decoded. On Windows
 * `file:///C:/models` and `file://C:/models` name the same.
 */
export function pathFromFileUrl(url: string, path: nodePath.PlatformPath = nodePath): string | null {
  if (!url.startsWith(SCHEME)) return null;
  const rest = url.slice(SCHEME.length);
  if (rest === '') return '';
  return path.resolve(path.sep === '\\' ? rest.replace(/^[\\/]+(?=[A-Za-z]:)/, '') : rest);
}
