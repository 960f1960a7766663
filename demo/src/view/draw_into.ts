import type {PlotOptions} from '@observablehq/plot';
import {plotElement} from '../../../src/report/plot_element';

/**
 * Draws into `box` in its own pixels, so that type keeps its size: whenever its size changes, and when told to by the
 * function returned. The size is remembered, as asking for it would make the browser lay out the page at once.
 *
 * @param draw Gives the picture for a size in pixels, if there is anything to draw.
 */
export function drawInto(
  box: HTMLElement,
  draw: (width: number, height: number) => PlotOptions | undefined,
): () => void {
  let [width, height] = [0, 0];
  const redraw = () => {
    const options = width > 0 ? draw(width, height) : undefined;
    if (options === undefined) return;
    const picture = plotElement(options, document);
    picture.setAttribute('role', 'img');
    box.replaceChildren(picture);
  };
  new ResizeObserver(([{contentRect}]) => {
    ({width, height} = contentRect);
    redraw();
  }).observe(box);
  return redraw;
}

/** `redraw` in a task of its own, once for all calls until then: many charts together would be a long task. */
export function inOwnTask(redraw: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      redraw();
    });
  };
}
