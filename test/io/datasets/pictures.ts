import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import sharp from 'sharp';

/** Writes an image of one color, in the format of its extension. */
export async function writePicture(
  file: string,
  [r, g, b]: readonly [number, number, number],
  [width, height]: readonly [number, number] = [8, 8],
): Promise<void> {
  mkdirSync(dirname(file), {recursive: true});
  const image = sharp({create: {width, height, channels: 3, background: {r, g, b}}});
  await (/\.webp$/.test(file) ? image.webp({lossless: true}) : image).toFile(file);
}

/** Writes a folder of `counts[name]` small PNG images for each class, each class in a different gray. */
export async function writeFolder(root: string, counts: Record<string, number>): Promise<string> {
  const names = Object.keys(counts);
  for (const [j, name] of names.entries()) {
    const level = Math.round((255 * (j + 1)) / (names.length + 1));
    for (let i = 0; i < counts[name]; ++i) {
      await writePicture(join(root, name, `${String(i).padStart(3, '0')}.png`), [level, level, level]);
    }
  }
  return root;
}

/** Writes a file that has an image's extension but is not one. */
export function writeBroken(file: string): string {
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, 'not an image');
  return file;
}
