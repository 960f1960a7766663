import type {CropsView} from '../protocol';

/** Shows rows of crops, one for each group. */
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
          const frame = Object.assign(document.createElement('div'), {className: 'crop'});
          frame.append(picture(pixels, side, name || 'background'));
          item.append(frame);
          if (name)
            item.append(
              Object.assign(document.createElement('span'), {textContent: name, ariaHidden: 'true'}),
            );
          return item;
        }),
      );
      row.append(title, list);
      return row;
    }),
  );
}

/** The crop as the network gets it, with bright ink; the page's style inverts it on light backgrounds. */
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
