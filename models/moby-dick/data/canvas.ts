import {dirname, join} from 'node:path';
import {type Canvas, createCanvas, GlobalFonts} from '@napi-rs/canvas';
import type {Face} from './faces';

// Everything platform-specific that the pages need, for Node; demo/src/worker/canvas.ts is the browser's version.
export {type Canvas, createCanvas};

const registered = new Map<string, string>();

/**
 * Makes a face known to the canvas and returns the CSS family name to draw with.
 *
 * @throws Error when the face's file cannot be read.
 */
export function registerFace({family, weight = 400, italic = false}: Face): string {
  const file = `${family}-latin-${weight}-${italic ? 'italic' : 'normal'}.woff`;
  const known = registered.get(file);
  if (known) return known;
  const name = `moby-dick ${family} ${weight}${italic ? ' italic' : ''}`;
  const path = join(dirname(require.resolve(`@fontsource/${family}/package.json`)), 'files', file);
  if (!GlobalFonts.registerFromPath(path, name)) throw new Error(`The typeface ${path} could not be read.`);
  registered.set(file, name);
  return name;
}
