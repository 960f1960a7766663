import type {CropsView} from '../protocol';

/** Rows of crops, a row for each group. */
export function showGlyphs(box: HTMLElement, {glyphs, side}: CropsView): void {
  box.replaceChildren(
    ...glyphs.map(({group, glyphs}) => {
      const row = document.createElement('div');
      row.className = 'glyph-row';
      const title = document.createElement('h4');
      title.textContent = group;
      const list = document.createElement('ul');
      list.append(
        ...glyphs.map(({name, pixels}) => {
          const item = document.createElement('li');
          item.append(picture(pixels, side, name || 'background'));
          if (name) item.append(Object.assign(document.createElement('span'), {textContent: name, ariaHidden: 'true'}));
          return item;
        }),
      );
      row.append(title, list);
      return row;
    }),
  );
}

/** Ink in the colour of the page's text, on no paper. */
function picture(pixels: Uint8Array, side: number, name: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `a crop: ${name}`);
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const image = pen.createImageData(side, side);
  pixels.forEach((level, i) => {
    image.data.fill(level, 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  });
  pen.putImageData(image, 0, 0);
  return canvas;
}
