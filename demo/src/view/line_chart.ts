import type {ModelName} from '../protocol';
import {drawInto, svg} from './svg';
import {axisEnd, ticks} from './ticks';

export interface Sample {
  step: number;
  value: Record<ModelName, number>;
}

export interface LineChartOptions {
  /** What a screen reader calls the chart. */
  label: string;
  /** How a value on the vertical axis is written. */
  format(value: number): string;
  /** The least that the vertical axis goes up to; further where values need it. */
  atLeast: number;
}

const LEFT = 46;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 32;
/** Pixels that a number below the axis needs. */
const TICK_WIDTH = 58;
const MODELS: ModelName[] = ['baseline', 'eql'];

/** Two lines over training steps. */
export class LineChart {
  private samples: readonly Sample[] = [];
  private steps = 1;
  private readonly redraw: () => void;

  constructor(box: HTMLElement, options: LineChartOptions) {
    this.redraw = drawInto(box, (width, height) => this.draw(width, height, options));
  }

  /** @param steps Right end of the horizontal axis. */
  show(samples: readonly Sample[], steps: number): void {
    this.samples = samples;
    this.steps = Math.max(1, steps);
    this.redraw();
  }

  private draw(width: number, height: number, {label, format, atLeast}: LineChartOptions): SVGElement {
    const {samples, steps} = this;
    const end = axisEnd(Math.max(atLeast, ...samples.flatMap(({value}) => [value.baseline, value.eql])));
    const x = (step: number) => LEFT + ((width - LEFT - RIGHT) * step) / steps;
    const y = (value: number) => height - BOTTOM - ((height - TOP - BOTTOM) * Math.min(value, end)) / end;
    const last = samples.at(-1);
    const root = svg('svg', {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': last
        ? `${label}: cross entropy ${format(last.value.baseline)}, EQL ${format(last.value.eql)} at step ${last.step}`
        : `${label}: no values yet`,
    });
    for (const value of ticks(end, height > 220 ? 5 : 4)) {
      root.append(
        svg('line', {class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value)}),
        svg('text', {class: 'tick', x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end'}, format(value)),
      );
    }
    const marks = ticks(steps, Math.max(3, Math.floor(width / 90)));
    const every = Math.ceil(TICK_WIDTH / (x(marks[1]) - x(0)));
    for (const step of marks.filter((_, i) => i % every === 0)) {
      const anchor = step === 0 ? 'start' : x(step) > width - 24 ? 'end' : 'middle';
      const name = step === 0 ? 'step 0' : step.toLocaleString('en');
      root.append(
        svg('text', {class: 'tick', x: x(step), y: height - BOTTOM + 18, 'text-anchor': anchor}, name),
      );
    }
    for (const model of MODELS) {
      const points = samples.map(({step, value}) => `${x(step).toFixed(1)},${y(value[model]).toFixed(1)}`);
      root.append(svg('polyline', {class: `line ${model}`, points: points.join(' ')}));
      if (last)
        root.append(svg('circle', {class: model, cx: x(last.step), cy: y(last.value[model]), r: 3.5}));
    }
    return root;
  }
}
