import faces from 'virtual:faces';
import type {Face} from '../../../models/moby-dick/data/faces';

// The browser's counterpart of models/moby-dick/data/canvas.ts.
export type Canvas = OffscreenCanvas;

/** A canvas in memory, not on the GPU: crops are read back from it all the time, which is slow there. */
export function createCanvas(width: number, height: number): Canvas {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', {willReadFrequently: true});
  return canvas;
}

const nameOf = ({family, weight = 400, italic = false}: Face) =>
  `moby-dick ${family} ${weight}${italic ? ' italic' : ''}`;

const loaded = new Set<string>();

/** Loads every typeface that crops are drawn in. Without this, a canvas would silently use another one. */
export async function loadFaces(onProgress: (share: number) => void): Promise<void> {
  const fonts = (self as unknown as {fonts: FontFaceSet}).fonts;
  await Promise.all(
    faces.map(async ({face, url}) => {
      const name = nameOf(face);
      fonts.add(
        await new FontFace(name, `url(${JSON.stringify(new URL(url, self.location.href).href)})`).load(),
      );
      loaded.add(name);
      onProgress(loaded.size / faces.length);
    }),
  );
}

/** @throws Error when the face was not loaded. */
export function registerFace(face: Face): string {
  const name = nameOf(face);
  if (!loaded.has(name)) throw new Error(`The typeface ${name} is not loaded.`);
  return name;
}
