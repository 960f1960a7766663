type Attributes = Record<string, string | number>;

/** An SVG element with attributes and children. */
export function svg(name: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Draws into `box` in its own pixels, now and whenever its width changes, so that type keeps its size. */
export function drawInto(box: HTMLElement, draw: (width: number, height: number) => SVGElement): () => void {
  const redraw = () => {
    const {clientWidth, clientHeight} = box;
    if (clientWidth > 0) box.replaceChildren(draw(clientWidth, clientHeight));
  };
  let width = 0;
  new ResizeObserver(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    redraw();
  }).observe(box);
  return redraw;
}

/** At most `most` round numbers that divide 0 … `end`. */
export function ticks(end: number, most: number): number[] {
  const rough = end / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * (1 - 1e-9)) ?? rough;
  return Array.from({length: Math.floor(end / step + 1e-9) + 1}, (_, i) => i * step);
}
