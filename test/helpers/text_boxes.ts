import {createCanvas, GlobalFonts} from '@napi-rs/canvas';
import {readFigure} from './figure';

GlobalFonts.registerFromPath(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), 'measured');
const pen = createCanvas(1, 1).getContext('2d');

/** Where a text stands on a picture, in pixels, as a canvas measures it in the pictures' font. */
export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Every text of a picture that shows something. */
export function textBoxes(svg: string): TextBox[] {
  return readFigure(svg)
    .all('text')
    .map((element) => ({element, text: (element.firstChild?.textContent ?? '').trim()}))
    .filter(({element, text}) => text !== '' && element.firstChild?.nodeType === 3)
    .map(({element, text}) => boxOf(element, text));
}

function boxOf(element: Element, text: string): TextBox {
  const size = Number.parseFloat(inherited(element, 'font-size') ?? '12');
  pen.font = `${inherited(element, 'font-weight') === 'bold' ? 'bold ' : ''}${size}px measured`;
  const width = pen.measureText(text).width;
  const anchor = inherited(element, 'text-anchor') ?? 'start';
  const from = {start: 0, middle: -width / 2, end: -width}[anchor] ?? 0;
  const pixels = (key: string) => {
    const value = element.getAttribute(key) ?? '0';
    return Number.parseFloat(value) * (value.endsWith('em') ? size : 1);
  };
  // A line's letters reach about 0.36 of the size above and below their middle.
  const middle = pixels('y') + pixels('dy') - 0.36 * size;
  const half = 0.36 * size;
  let [x, y, rotated] = [0, 0, false];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const transform = at.getAttribute('transform') ?? '';
    rotated ||= transform.includes('rotate(-90)');
    const [dx, down = 0] = transform
      .match(/translate\(([^)]*)\)/)?.[1]
      .split(',')
      .map(Number) ?? [0, 0];
    [x, y] = [x + dx, y + down];
  }
  x += pixels('x');
  if (rotated) {
    return {text, left: x + middle - half, right: x + middle + half, top: y - from - width, bottom: y - from};
  }
  return {text, left: x + from, right: x + from + width, top: y + middle - half, bottom: y + middle + half};
}

function inherited(element: Element, attribute: string): string | undefined {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const value = at.getAttribute(attribute);
    if (value !== null) return value;
  }
  return undefined;
}
