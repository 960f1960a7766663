type Attributes = Record<string, string | number>;

/** An SVG element with attributes and children. */
export function svg(name: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * Draws into `box` in its own pixels, so that type keeps its size: whenever its size changes, and when told to by the
 * function returned. The size is remembered, as asking for it would make the browser lay out the page at once.
 */
export function drawInto(box: HTMLElement, draw: (width: number, height: number) => SVGElement): () => void {
  let [width, height] = [0, 0];
  const redraw = () => {
    if (width > 0) box.replaceChildren(draw(width, height));
  };
  new ResizeObserver(([{contentRect}]) => {
    ({width, height} = contentRect);
    redraw();
  }).observe(box);
  return redraw;
}
