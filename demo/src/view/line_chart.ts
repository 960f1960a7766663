import * as Plot from '@observablehq/plot';
import {linePanel} from '../../../src/report/line_panel';
import {READINGS, type Reading} from '../protocol';
import {drawInto, inOwnTask} from './draw_into';
import {axisEnd, ticks} from './ticks';

export interface Sample {
  step: number;
  /** Not every chart has all of them. */
  value: Partial<Record<Reading, number>>;
}

export interface LineChartOptions {
  /** What a screen reader calls the chart. */
  label: string;
  /** Formats a value on the vertical axis. */
  format(value: number): string;
  /** The smallest upper end of the vertical axis; it goes higher if values need it. */
  atLeast: number;
}

const MARGINS = {top: 8, right: 8, bottom: 32, left: 46};
/** Width in pixels of a number below the axis. */
const TICK_WIDTH = 58;
const NAMES: Record<Reading, string> = {
  baseline: 'cross entropy',
  eql: 'EQL',
  adjusted: 'cross entropy adjusted',
};

/** A line for each reading over training steps. */
export class LineChart {
  private samples: readonly Sample[] = [];
  private steps = 1;
  private readonly redraw: () => void;

  constructor(box: HTMLElement, options: LineChartOptions) {
    this.redraw = inOwnTask(drawInto(box, (width, height) => this.draw(width, height, options)));
  }

  /** @param steps Right end of the horizontal axis. */
  show(samples: readonly Sample[], steps: number): void {
    this.samples = samples;
    this.steps = Math.max(1, steps);
    this.redraw();
  }

  private draw(width: number, height: number, options: LineChartOptions): Plot.PlotOptions {
    const {label, format, atLeast} = options;
    const {samples, steps} = this;
    const end = axisEnd(Math.max(atLeast, ...samples.flatMap(({value}) => Object.values(value))));
    const last = samples.at(-1);
    const shown = READINGS.filter((reading) => last?.value[reading] !== undefined);
    return linePanel({
      series: shown.map((reading) => ({
        points: samples.map(({step, value}) => ({x: step, y: value[reading] as number})),
        color: `var(--${reading})`,
        className: `line ${reading}`,
      })),
      dots: 'last',
      width,
      height,
      margins: MARGINS,
      ariaLabel: last
        ? `${label}: ${shown.map((reading) => `${NAMES[reading]} ${format(last.value[reading] as number)}`).join(', ')} at step ${last.step}`
        : `${label}: no values yet`,
      x: {axis: null, domain: [0, steps]},
      y: {
        label: null,
        domain: [0, end],
        grid: true,
        ticks: ticks(end, height > 220 ? 5 : 4),
        tickFormat: format,
        tickSize: 0,
      },
      marks: this.stepNames(width),
    });
  }

  /** Step numbers below the axis, all within the picture's edges. */
  private stepNames(width: number): Plot.Markish[] {
    const {steps} = this;
    const perStep = (width - MARGINS.left - MARGINS.right) / steps;
    const marks = ticks(steps, Math.max(3, Math.floor(width / 90)));
    const every = Math.ceil(TICK_WIDTH / (perStep * marks[1]));
    const named = marks.filter((_, i) => i % every === 0);
    const anchorOf = (step: number) =>
      step === 0 ? 'start' : MARGINS.left + perStep * step > width - 24 ? 'end' : 'middle';
    return (['start', 'middle', 'end'] as const).map((textAnchor) =>
      Plot.text(
        named.filter((step) => anchorOf(step) === textAnchor),
        {
          x: (step: number) => step,
          frameAnchor: 'bottom',
          textAnchor,
          dy: 14,
          text: (step: number) => (step === 0 ? 'step 0' : step.toLocaleString('en')),
          className: 'tick',
        },
      ),
    );
  }
}
