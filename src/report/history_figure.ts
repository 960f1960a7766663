import type * as Plot from '@observablehq/plot';
import {checkLook} from './check_look';
import {epochsOf, type HistoryRuns, type ModelHistory, modelHistories, pointsOf} from './history_runs';
import {type LegendEntry, legendPlot} from './legend';
import {type LineSeries, linePanel} from './line_panel';
import type {LinePoint} from './line_point';
import {drawPanels} from './svg';
import {shorten} from './text';
import {type Look, laidOut, seriesStyle} from './theme';

const WIDTH = 430;
const HEIGHT = 266;
const MARGINS = {top: 30, right: 16, bottom: 44, left: 52};
const COLUMNS = 2;
/** Narrower panels are stacked. */
const LEAST = 300;

/**
 * Draws training histories: a panel for the loss and each metric, a color for each model, validation dashed; for a
 * model with several runs the mean, in a band of ± one standard deviation.
 *
 * @param runs Histories by the models' names.
 * @throws ValueError if no run has an epoch, or two models share a name.
 */
export function historyFigure(runs: HistoryRuns, look: Look = {}): string {
  checkLook('historyFigure', look);
  const {setting = 'standalone'} = look;
  const models = modelHistories(runs);
  const keys = new Set(models.flatMap((model) => model.runs.flatMap((run) => Object.keys(run))));
  const metrics = [...keys].filter((key) => !key.startsWith('val_') || !keys.has(key.slice(4)));
  const names = models.map(({name}) => name);
  const entries = legendOf(
    names,
    metrics.some((key) => keys.has(`val_${key}`)),
  );
  const all = laidOut(look.width, COLUMNS * WIDTH);
  const columns = Math.min(Math.max(1, Math.floor(all / LEAST)), COLUMNS, metrics.length);
  const wide = Math.min(WIDTH, Math.floor(all / columns));
  const width = columns * wide - MARGINS.left - MARGINS.right;
  const panels = metrics.map((metric) => panel(metric, models, wide));
  return drawPanels(panels, setting, {
    header: legendPlot(entries, width, MARGINS.left),
    ariaLabel: `${metrics.join(', ')} by epoch, of ${names.join(' and ')}`,
    columns,
  });
}

function panel(metric: string, models: readonly ModelHistory[], wide: number): Plot.PlotOptions {
  const series = models.flatMap(({runs}, i) =>
    [metric, `val_${metric}`].map((key) => ({
      ...seriesStyle(i, models.length),
      dashed: key !== metric,
      points: pointsOf(runs, key),
    })),
  );
  const epochs = epochsOf(models);
  const inPercent = isShare(metric, series);
  const label = shorten(metric, wide / 2, 12);
  return linePanel({
    series: series
      .filter(({points}) => points.length > 0)
      .map((line) => (inPercent ? {...line, points: line.points.map(percent)} : line)),
    width: wide,
    height: HEIGHT,
    margins: MARGINS,
    x: {
      label: 'epoch',
      domain: [1, Math.max(2, epochs)],
      ticks: Array.from({length: epochs}, (_, i) => i + 1).filter(
        (e) => e % Math.ceil(epochs / 10) === 0 || epochs < 10,
      ),
      tickFormat: (epoch: number) => String(epoch),
    },
    y: {label: inPercent ? `${label}, %` : label, grid: true, nice: true, zero: inPercent, ticks: 6},
  });
}

function percent({x, y, low, high}: LinePoint): LinePoint {
  if (low === undefined || high === undefined) return {x, y: 100 * y};
  return {x, y: 100 * y, low: 100 * Math.max(0, low), high: 100 * Math.min(1, high)};
}

// By tfjs's names, acc, val_acc, rare_accuracy … hold shares, unless values of such a metric lie outside 0 … 1.
function isShare(metric: string, series: readonly LineSeries[]): boolean {
  const values = series.flatMap(({points}) => points.map(({y}) => y));
  return /acc|recall|precision/i.test(metric) && values.every((value) => !(value < 0 || value > 1));
}

function legendOf(names: readonly string[], validated: boolean): LegendEntry[] {
  const runs = names.map(
    (label, i): LegendEntry => ({label, ...seriesStyle(i, names.length), line: 'solid'}),
  );
  return validated ? [...runs, {label: 'validation', color: 'currentColor', line: 'dashed'}] : runs;
}
