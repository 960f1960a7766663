import type {PlotOptions} from '@observablehq/plot';
import {frequencyBars} from '../../../src/report/frequency_bars';
import type {CropsView} from '../protocol';
import {drawInto} from './draw_into';

/** How often each character occurs, with λ as a line and the characters below it in color. */
export class TailChart {
  private lambda = 0;
  private view?: CropsView;
  private readonly redraw: () => void;

  constructor(box: HTMLElement) {
    this.redraw = drawInto(box, (width, height) => this.draw(width, height));
  }

  show(view: CropsView, lambda: number): void {
    this.view = view;
    this.lambda = lambda;
    this.redraw();
  }

  private draw(width: number, height: number): PlotOptions | undefined {
    if (this.view === undefined) return undefined;
    const {classes, images, numImages, groups} = this.view;
    const level = this.lambda * numImages;
    const spared = images.filter((count) => count < level).length;
    return frequencyBars({
      classes: classes.map((name, j) => ({name, amount: images[j], group: groups[j]})),
      level,
      label: 'training crops of a character (logarithmic)',
      unit: 'crops',
      width,
      height,
      nameSize: 13,
      colors: {bar: 'var(--bar)', spared: 'var(--eql)'},
      ariaLabel:
        `Training crops of ${classes.length} characters, from ${images[0]} of “${classes[0]}” down to ` +
        `${images[images.length - 1]}; ${spared} of them are below λ.`,
    });
  }
}
