import {parseHTML} from 'linkedom';

/** What a picture says and where it says it. */
export function readFigure(svg: string) {
  const {document} = parseHTML(svg);
  const all = (selector: string) => [...document.querySelectorAll(selector)] as unknown as Element[];
  return {
    all,
    label: document.querySelector('svg')?.getAttribute('aria-label'),
    texts: all('text').map((text) => text.textContent ?? ''),
  };
}

export function numberOf(element: Element, attribute: string): number {
  return Number(element.getAttribute(attribute));
}

/** The points of a path of straight lines. */
export function pointsOf(path: Element): [number, number][] {
  const numbers = (path.getAttribute('d') ?? '').match(/-?\d+(\.\d+)?/g)!.map(Number);
  return Array.from({length: numbers.length / 2}, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
}
