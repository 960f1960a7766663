import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {requireRecords} from '../core/require_fields';
import {requireInteger} from '../core/require_integer';
import {requireNumber} from '../core/require_number';
import {count} from './axis';
import {checkLook} from './check_look';
import {legendPlot} from './legend';
import {type NamedEntry, namedEntries} from './named_entries';
import {drawPanels} from './svg';
import {shorten, textWidth} from './text';
import {COLORS, type Look, laidOut, SERIES} from './theme';

/** The gradient of one class's logit over a pass, Σ_r |∂loss_r/∂z_j|, by its origin. */
export interface ClassGradients {
  /** From samples of the class: upward. */
  positive: number;
  /** From samples of other classes: downward. */
  negative: number;
  /** From background samples: downward. */
  background: number;
}

/** Classes' gradients under a loss. */
export interface NamedGradients {
  /** Name of the loss in the picture. */
  name: string;
  /** In the same order for every loss, most frequent class first. */
  classes: readonly ClassGradients[];
}

/** Gradients by the losses' names, or a list, which keeps its order even for names such as "1". */
export type LossGradients = Readonly<Record<string, readonly ClassGradients[]>> | readonly NamedGradients[];

const WIDTH = 290;
const MARGIN = {left: 48, right: 22};
const MARGIN_TOP = 70;
const WIDEST = 480;
const COLUMNS = 4;
const RARE = 'rare →';

const SOURCES = [
  {key: 'positive', label: 'its own samples (up)', color: SERIES[2]},
  {key: 'background', label: 'background (down)', color: COLORS.eql},
  {key: 'negative', label: 'samples of other classes (down)', color: COLORS.baseline},
] as const;

/**
 * Draws the shares of each class's gradient by origin: a panel per loss, a bar per class.
 *
 * @param losses Classes' gradients by the losses' names, all in the same order, most frequent class first.
 * @param options.rareFrom Number of classes, from the left, that are not rare: marked by a line.
 * @throws ValueError for invalid options, no loss or no class, and gradients that are not numbers.
 */
export function gradientShares(losses: LossGradients, options: Look & {rareFrom?: number} = {}): string {
  checkLook('gradientShares', options, ['rareFrom']);
  const {rareFrom, setting = 'standalone', width} = options;
  const panels = namedEntries('losses', losses, 'classes', 'losses').map(gradientsOf);
  if (panels.length === 0 || panels.some(({classes}) => classes.length === 0))
    reject('losses', 'gradients of at least one class', losses);
  const least = Math.min(...panels.map(({classes}) => classes.length));
  if (rareFrom !== undefined) requireInteger('rareFrom', rareFrom, 0, least);
  const all = laidOut(width, COLUMNS * WIDTH);
  const columns = Math.min(COLUMNS, panels.length, Math.floor(all / WIDTH) || 1);
  const wide = width !== undefined && columns === 1 ? Math.min(all, WIDEST) : WIDTH;
  const entries = SOURCES.map(({label, color}) => ({label, color}));
  return drawPanels(
    panels.map(({name, classes}, i) => panel(name, classes, rareFrom, {isFirst: i === 0, wide})),
    setting,
    {
      header: legendPlot(entries, columns * wide - MARGIN.left - MARGIN.right, MARGIN.left),
      ariaLabel: `Where the gradient of each class comes from, under ${panels.map(({name}) => name).join(', ')}`,
      columns,
    },
  );
}

const GRADIENTS = {positive: amount, negative: amount, background: amount};

function amount(path: string, value: unknown): void {
  requireNumber(path, value, 0);
}

function gradientsOf({name, value, path}: NamedEntry): NamedGradients {
  requireRecords(path, value, GRADIENTS, 0);
  return {name, classes: value as readonly ClassGradients[]};
}

function panel(
  name: string,
  classes: readonly ClassGradients[],
  rareFrom: number | undefined,
  {isFirst, wide}: {isFirst: boolean; wide: number},
): Plot.PlotOptions {
  const frame = wide - MARGIN.left - MARGIN.right;
  // No bar is narrower than a pixel: with very many classes, neighbors are summed.
  const together = Math.ceil(classes.length / frame);
  const bars = Array.from({length: Math.ceil(classes.length / together)}, (_, i) => i * together).flatMap(
    (first) => {
      const last = Math.min(first + together, classes.length);
      const gradients = sum(classes.slice(first, last));
      const total = gradients.positive + gradients.negative + gradients.background;
      let from = 0;
      return SOURCES.map(({key, color}) => {
        const y1 = from;
        from += total === 0 ? 0 : (100 * gradients[key]) / total;
        return {x1: first + 0.5, x2: last + 0.5, y1, y2: from, color};
      });
    },
  );
  const fits = ((rareFrom ?? 0) / classes.length) * frame + textWidth(RARE, 12) < frame + MARGIN.right;
  return {
    width: wide,
    height: 238 + MARGIN_TOP,
    marginTop: MARGIN_TOP,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginBottom: 44,
    x: {
      label: 'rank of the class, by frequency',
      domain: [0.5, classes.length + 0.5],
      tickFormat: count,
      ticks: classes.length < 6 ? classes.map((_, i) => i + 1) : 5,
    },
    y: {label: isFirst ? 'share of its gradient, %' : null, domain: [0, 100], ticks: 5},
    marks: [
      Plot.rect(bars, {x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'color', shapeRendering: 'crispEdges'}),
      Plot.text([name], {
        frameAnchor: 'top-left',
        textAnchor: 'start',
        dy: -34,
        text: () => shorten(name, frame, 14),
        title: () => (shorten(name, frame, 14) === name ? undefined : name),
        fontWeight: 'bold',
        fontSize: 13,
        fill: 'currentColor',
      }),
      ...(rareFrom === undefined
        ? []
        : [
            Plot.ruleX([rareFrom + 0.5], {stroke: '#111111', strokeWidth: 1.5, strokeDasharray: '4,4'}),
            Plot.text([rareFrom + 0.5], {
              x: (x: number) => x,
              frameAnchor: 'top',
              // To the left of the line if it would leave the panel.
              textAnchor: fits ? 'start' : 'end',
              dy: -14,
              text: () => RARE,
              fill: 'currentColor',
            }),
          ]),
    ],
  };
}

function sum(classes: readonly ClassGradients[]): ClassGradients {
  const of = (key: keyof ClassGradients) => classes.reduce((total, gradients) => total + gradients[key], 0);
  return {positive: of('positive'), negative: of('negative'), background: of('background')};
}
