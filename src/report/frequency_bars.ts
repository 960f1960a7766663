import * as Plot from '@observablehq/plot';
import {count, decadesWithin} from './axis';
import {shorten, textWidth} from './text';
import {COLORS} from './theme';

/** A class as a bar. */
export interface FrequencyBar {
  name: string;
  /** Number of images or samples of the class. */
  amount: number;
  /** Name of its frequency group. */
  group: string;
}

export interface FrequencyBarsOptions {
  /** The most frequent first. */
  classes: readonly FrequencyBar[];
  /** λ in the unit of the amounts: drawn as a line, with classes below it in color. Default: none. */
  level?: number;
  /** Label of the axis: what is counted. */
  label: string;
  /** Unit of the counts, in titles. */
  unit: string;
  width: number;
  height: number;
  /** Font size of the names, in pixels. Default 12. */
  nameSize?: number;
  /** Colors of bars, and of those below λ; default: the palette's. */
  colors?: {bar: string; spared: string};
  ariaLabel: string;
}

const MARGINS = {top: 30, right: 26, bottom: 46, left: 46};
const LONGEST_NAME = 60;
const FILL = 0.76;

/** Draws every class as a bar of its frequency (logarithmic), with brackets around the groups. */
export function frequencyBars(options: FrequencyBarsOptions): Plot.PlotOptions {
  const {classes, level, label, unit, width, height, nameSize = 12, ariaLabel} = options;
  const colors = options.colors ?? {bar: COLORS.rule, spared: COLORS.eql};
  const most = Math.max(1, ...classes.map(({amount}) => amount));
  const least = Math.min(1, ...classes.map(({amount}) => amount || 1));
  const lowest = 0.6 * least;
  const isSpared = ({amount}: FrequencyBar) => level !== undefined && amount < level;
  const ranked = classes.map((of, rank) => ({...of, rank}));
  const bars = (spared: boolean) =>
    Plot.rect(
      ranked.filter((of) => isSpared(of) === spared),
      {
        x1: ({rank}) => rank - FILL / 2,
        x2: ({rank}) => rank + FILL / 2,
        y1: lowest,
        y2: ({amount}) => Math.max(amount, lowest),
        fill: spared ? colors.spared : colors.bar,
        title: ({name, amount, group}) => `${name}: ${amount.toLocaleString('en')} ${unit}, ${group}`,
        className: spared ? 'bar spared' : 'bar',
      },
    );
  const slot = (width - MARGINS.left - MARGINS.right) / classes.length;
  return {
    width,
    height,
    marginTop: MARGINS.top,
    marginRight: MARGINS.right,
    marginBottom: MARGINS.bottom,
    marginLeft: MARGINS.left,
    ariaLabel,
    x: {axis: null, domain: [-0.5, classes.length - 0.5]},
    y: {
      type: 'log',
      domain: [lowest, most],
      label: null,
      grid: true,
      ticks: decadesWithin([lowest, most]),
      tickFormat: count,
      tickSize: 0,
    },
    marks: [
      bars(false),
      bars(true),
      caption(label),
      names(ranked, slot, nameSize),
      brackets(classes),
      ...(level === undefined ? [] : lambdaMarks(Math.max(level, lowest))),
    ],
  };
}

function caption(label: string): Plot.Markish {
  const at = {frameAnchor: 'top-left', textAnchor: 'start', dx: -MARGINS.left, dy: -22} as const;
  return Plot.text([label], {...at, fill: 'currentColor', className: 'tick'});
}

// If names would overlap, shows only every second, or every third …
function names(ranked: readonly (FrequencyBar & {rank: number})[], slot: number, size: number): Plot.Markish {
  const widths = ranked.map(({name}) => textWidth(shorten(name, LONGEST_NAME, size), size));
  const fits = (every: number) =>
    widths.every((width, i) => {
      const next = widths[i + every];
      return i % every !== 0 || next === undefined || (width + next) / 2 + 2 <= every * slot;
    });
  let every = 1;
  while (!fits(every)) ++every;
  return Plot.text(
    ranked.filter(({rank}) => rank % every === 0),
    {
      x: 'rank',
      frameAnchor: 'bottom',
      dy: 11,
      text: ({name}) => shorten(name, LONGEST_NAME, size),
      fontSize: size,
      fill: 'currentColor',
      className: 'name',
    },
  );
}

function lambdaMarks(level: number): Plot.Markish[] {
  return [
    Plot.ruleY([level], {
      stroke: 'currentColor',
      strokeWidth: 1.5,
      strokeDasharray: '5 4',
      insetRight: -4,
      className: 'lambda',
    }),
    Plot.text([level], {
      y: (y: number) => y,
      frameAnchor: 'right',
      textAnchor: 'start',
      dx: 8,
      text: () => 'λ',
      fontSize: 16,
      fontStyle: 'italic',
      fill: 'currentColor',
      className: 'lambda-name',
    }),
  ];
}

/** Draws brackets below the names, from a group's first class to its last. */
function brackets(classes: readonly FrequencyBar[]): Plot.Markish {
  const groups = classes.map(({group}) => group);
  return (_index, {x}, _channels, {height, marginBottom}, context) => {
    const create = (name: string, attributes: Record<string, string | number>) => {
      const element = context.document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      return element;
    };
    const root = create('g', {}) as SVGGElement;
    const y = height - marginBottom + 24;
    for (const group of new Set(groups)) {
      const from = Number(x?.(groups.indexOf(group) - 0.5)) + 2;
      const to = Number(x?.(groups.lastIndexOf(group) + 0.5)) - 2;
      root.append(
        create('path', {
          class: 'bracket',
          fill: 'none',
          stroke: 'currentColor',
          d: `M${from} ${y}v4H${to}v-4`,
        }),
      );
      const text = create('text', {
        class: 'tick',
        x: (from + to) / 2,
        y: y + 17,
        'text-anchor': 'middle',
        fill: 'currentColor',
      });
      text.textContent = shorten(group, Math.max(0, to - from) + 12, 12);
      root.append(text);
    }
    return root;
  };
}
