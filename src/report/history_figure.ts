import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {type LegendEntry, legend} from './legend';
import {drawPanels} from './svg';
import {SERIES, type Setting} from './theme';

/** What `fit` and `fitDataset` record: a value per epoch for each loss and metric. */
export type HistoryValues = Readonly<Record<string, readonly unknown[]>>;

interface Point {
  epoch: number;
  value: number;
}

const WIDTH = 430;
const HEIGHT = 300;

/**
 * Runs side by side: a panel for the loss and each metric, a colour for each run, validation dashed.
 *
 * @param runs Histories by the names of the runs.
 * @throws ValueError when no run has an epoch.
 */
export function historyFigure(
  runs: Readonly<Record<string, HistoryValues>>,
  {setting = 'standalone'}: {setting?: Setting} = {},
): string {
  const keys = new Set(Object.values(runs).flatMap((values) => Object.keys(values)));
  const metrics = [...keys].filter((key) => !key.startsWith('val_') || !keys.has(key.slice(4)));
  const epochs = Math.max(
    0,
    ...Object.values(runs).flatMap((values) => Object.values(values).map((v) => v.length)),
  );
  if (epochs === 0) reject('runs', 'histories of at least one epoch', runs);
  const validated = metrics.some((key) => keys.has(`val_${key}`));
  const panels = metrics.map((metric, i) =>
    panel(metric, runs, epochs, i === 0 ? entries(Object.keys(runs), validated) : []),
  );
  return drawPanels(panels, setting, {
    ariaLabel: `${metrics.join(', ')} by epoch, of ${Object.keys(runs).join(' and ')}`,
    columns: Math.min(2, panels.length),
  });
}

function panel(
  metric: string,
  runs: Readonly<Record<string, HistoryValues>>,
  epochs: number,
  named: LegendEntry[],
): Plot.PlotOptions {
  const series = Object.values(runs).flatMap((values, run) =>
    [metric, `val_${metric}`]
      .filter((key) => values[key] !== undefined)
      .map((key) => ({
        color: SERIES[run % SERIES.length],
        dashed: key !== metric,
        points: values[key].map((value, epoch): Point => ({epoch: epoch + 1, value: Number(value)})),
      })),
  );
  const inPercent = isShare(
    metric,
    series.flatMap(({points}) => points.map(({value}) => value)),
  );
  const scale = inPercent ? 100 : 1;
  const at = {x: 'epoch', y: ({value}: Point) => scale * value};
  return {
    width: WIDTH,
    height: HEIGHT,
    marginTop: 64,
    marginLeft: 52,
    marginRight: 16,
    marginBottom: 44,
    x: {
      label: 'epoch',
      domain: [1, Math.max(2, epochs)],
      ticks: Array.from({length: epochs}, (_, i) => i + 1).filter(
        (e) => e % Math.ceil(epochs / 10) === 0 || epochs < 10,
      ),
      tickFormat: (epoch: number) => String(epoch),
    },
    y: {label: inPercent ? `${metric}, %` : metric, grid: true, nice: true, zero: inPercent, ticks: 6},
    marks: [
      ...series.flatMap(({color, dashed, points}) => [
        Plot.line(points, {
          ...at,
          stroke: color,
          strokeWidth: 2,
          strokeDasharray: dashed ? '5,4' : undefined,
        }),
        Plot.dot(points, {...at, fill: color, r: 3, stroke: 'none'}),
      ]),
      ...legend(named, 30),
    ],
  };
}

// tfjs's names: acc, val_acc, rare_accuracy … hold shares, unless a metric of that name says otherwise.
function isShare(metric: string, values: readonly number[]): boolean {
  return /acc|recall|precision/i.test(metric) && values.every((value) => !(value < 0 || value > 1));
}

function entries(names: readonly string[], validated: boolean): LegendEntry[] {
  const runs = names.map(
    (label, i): LegendEntry => ({label, color: SERIES[i % SERIES.length], line: 'solid'}),
  );
  return validated ? [...runs, {label: 'validation', color: 'currentColor', line: 'dashed'}] : runs;
}
