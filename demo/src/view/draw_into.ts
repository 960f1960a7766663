import type {PlotOptions} from '@observablehq/plot';
import {plotElement} from '../../../src/report/plot_element';

/**
 * Draws into `box` at its own pixel size, so that type keeps its size. Redraws whenever that size changes, and when the
 * returned function is called. Remembers the size, as asking for it would force a layout of the page.
 *
 * @param draw Returns the picture for a size in pixels, if there is anything to draw.
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

/** Runs `redraw` in its own task, once for all calls until then: many charts together would be one long task. */
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
