import * as Plot from '@observablehq/plot';
import '../../src/report/linkedom_document';
import {drawSvg} from '../../src/report/svg';
import type {Setting} from '../../src/report/theme';

/** How long something takes for a batch of some size. */
export interface ScalingPoint {
  name: string;
  /** n · C, the number of logits. */
  elements: number;
  ms: number;
}

// Okabe and Ito's colors, which color-blind people can tell apart, without those too light for a white page.
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9'];

/** Time against the size of the batch, both on logarithmic axes: a line of slope 1 is work in proportion to the batch. */
export function scalingFigure(points: readonly ScalingPoint[], setting: Setting = 'standalone'): string {
  const names = [...new Set(points.map(({name}) => name))];
  const ends = names.map((name) => points.filter((point) => point.name === name).at(-1) as ScalingPoint);
  return drawSvg(
    {
      width: 760,
      height: 440,
      marginLeft: 64,
      marginRight: 110,
      marginBottom: 46,
      marginTop: 36,
      style: {fontSize: '12px'},
      ariaLabel: 'Time for the loss and its gradient against the number of logits',
      x: {
        type: 'log',
        label: 'logits in the batch, n · C',
        grid: true,
        ticks: decades(points.map(({elements}) => elements)),
        tickFormat: power,
      },
      y: {
        type: 'log',
        label: 'loss and gradient, ms',
        grid: true,
        ticks: decades(points.map(({ms}) => ms)),
        tickFormat: (ms: number) => String(ms),
      },
      color: {domain: names, range: COLORS},
      marks: [
        Plot.line(points, {x: 'elements', y: 'ms', stroke: 'name', strokeWidth: 2}),
        Plot.dot(points, {x: 'elements', y: 'ms', fill: 'name', r: 3.5}),
        Plot.text(apart(ends), {
          x: 'elements',
          y: 'ms',
          text: 'name',
          fill: 'name',
          textAnchor: 'start',
          dx: 10,
          fontWeight: 'bold',
        }),
      ],
    },
    setting,
  );
}

/** The powers of ten between the smallest value and the largest, and those next to them. */
function decades(values: readonly number[]): number[] {
  const [from, to] = [Math.min(...values), Math.max(...values)].map((value) => Math.round(Math.log10(value)));
  return Array.from({length: to - from + 1}, (_, i) => Number(`1e${from + i}`));
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (x: number) =>
  `10${[...String(Math.round(Math.log10(x)))].map((d) => SUPERSCRIPTS[+d]).join('')}`;

// Names at the lines' ends, each at least so much above the one below that they don't overlap.
function apart(ends: readonly ScalingPoint[]): ScalingPoint[] {
  const sorted = ends.slice().sort((a, b) => a.ms - b.ms);
  let lowest = 0;
  return sorted.map((point) => {
    const ms = Math.max(point.ms, lowest * 1.6);
    lowest = ms;
    return {...point, ms};
  });
}
