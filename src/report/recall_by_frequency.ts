import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {requireChoice} from '../core/require_choice';
import {requireNumber} from '../core/require_number';
import {decadesWithin} from './axis';
import {checkLook} from './check_look';
import {estimate} from './estimate';
import {LEGEND_ROW, legend, legendRows} from './legend';
import {labelsOf} from './model_runs';
import {nameMarks} from './name_marks';
import {binMarks, MOST_SINGLE_CLASSES, recallBins} from './recall_bins';
import {modelsOf, requireResults} from './require_results';
import {type ClassResult, runsOf} from './results';
import {drawSvg} from './svg';
import {COLORS, type Look, laidOut, seriesStyle} from './theme';

// Names of more classes would merge into a gray cloud.
const MOST_NAMES = 200;
const DETAILS = ['classes', 'bins'] as const;
const DOT = 4;
const APART = 0.012;
const WIDTH = 860;
const MARGIN = {left: 52, right: 20};

export interface RecallFigureOptions extends Look {
  /**
   * Whether to draw a dot per class, or a line through bins of classes of similar frequency: their mean recall, with
   * its 95 % interval. Default: bins for more than 40 classes.
   */
  detail?: 'classes' | 'bins';
  /** Images below which the loss spares a class: λ · all images. Drawn as a line. */
  threshold?: number;
  /** Names of models in the results, in the order of the legend. Default: all. */
  models?: readonly string[];
}

interface Point {
  name: string;
  images: number;
  recall: number;
  model: string;
  low: number;
  high: number;
}

/**
 * Draws each class's recall under each model against its training samples: a dot per model, joined by a line that shows
 * what a loss did to the class. Models with several runs have the 95 % interval of their mean as a line. Classes
 * without training or test samples are left out.
 *
 * @throws ValueError for invalid options and results, and if no class is left.
 */
export function recallByFrequency(
  results: readonly ClassResult[],
  options: RecallFigureOptions = {},
): string {
  checkLook('recallByFrequency', options, ['detail', 'threshold', 'models']);
  const {setting = 'standalone', threshold, models = modelsOf(results)} = options;
  if (options.detail !== undefined) requireChoice('detail', options.detail, DETAILS);
  if (threshold !== undefined) requireNumber('threshold', threshold, 0);
  requireResults(results, models);
  const shown = results.filter(
    ({images, recall}) => images > 0 && models.some((name) => !Number.isNaN(recall[name])),
  );
  if (shown.length === 0)
    reject('results', 'results of a class with samples for training and testing', results);
  const {detail = shown.length > MOST_SINGLE_CLASSES ? 'bins' : 'classes'} = options;
  const wide = laidOut(options.width, WIDTH);
  const labels = labelsOf(models);
  const styles = models.map((_, i) => seriesStyle(i, models.length));
  const placed = sideBySide(shown);
  // Intervals of several models would overlap.
  const apart = placed.some(({recallOfRuns}) => recallOfRuns !== undefined) ? APART : 0;
  const points = placed.flatMap((result) =>
    models.map((name, i) => {
      const images = result.images * 10 ** (apart * (i - (models.length - 1) / 2));
      return pointOf({...result, images}, name, `${i}`);
    }),
  );
  const isCrowd = shown.length > MOST_NAMES;
  const dot = isCrowd ? 2.5 : DOT;
  const spans = placed.map(({images, recall}) => {
    const shares = models.map((name) => 100 * recall[name]);
    return {images, from: Math.min(...shares), to: Math.max(...shares)};
  });
  const symbols = models.length > 2 ? {symbol: 'model'} : {};
  const classMarks: Plot.Markish[] = [
    Plot.ruleX(spans, {
      x: 'images',
      y1: 'from',
      y2: 'to',
      stroke: COLORS.rule,
      strokeOpacity: isCrowd ? 0.1 : 0.6,
    }),
    Plot.ruleX(
      points.filter(({low, high}) => low < high),
      {x: 'images', y1: 'low', y2: 'high', stroke: 'model', strokeOpacity: 0.6, strokeWidth: 2},
    ),
    Plot.dot(points, {
      x: 'images',
      y: 'recall',
      fill: 'model',
      ...symbols,
      r: dot,
      fillOpacity: isCrowd ? 0.7 : 1,
      stroke: 'none',
      title: 'name',
    }),
    nameMarks(
      (isCrowd ? [] : placed).map(({name, images, recall}) => ({
        name,
        x: images,
        ys: models.map((model) => 100 * recall[model]),
      })),
      DOT,
      9,
      {xs: threshold !== undefined && threshold > 0 ? [threshold] : []},
    ),
  ];
  const marks =
    detail === 'classes'
      ? classMarks
      : models.flatMap((name, i) => binMarks(recallBins(shown, name), styles[i]));
  if (threshold !== undefined && threshold > 0) {
    marks.push(
      Plot.ruleX([threshold], {stroke: 'currentColor', strokeDasharray: '4,4'}),
      Plot.text([threshold], {
        x: (x: number) => x,
        text: () => 'λ: spared ←',
        frameAnchor: 'top',
        textAnchor: 'end',
        dx: -6,
        // Above the names of classes whose dots are at 100 %.
        dy: -25,
        fill: 'currentColor',
      }),
    );
  }
  const entries = labels.map((label, i) => ({label, ...styles[i]}));
  const width = wide - MARGIN.left - MARGIN.right;
  const places = models.map((_, i) => `${i}`);
  const counts = shown.map(({images}) => images);
  // Leaves space for the names of classes at the edges.
  const domain = [Math.min(...counts) / 1.6, 1.6 * Math.max(...counts)];
  const more = LEGEND_ROW * (Math.max(1, legendRows(entries, width)) - 1);
  return drawSvg(
    {
      width: wide,
      height: 476 + more,
      marginTop: 80 + more,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      marginBottom: 46,
      ariaLabel: `Recall of each class against its number of training samples, under ${inWords(labels)}`,
      x: {
        type: 'log',
        label: 'training samples of the class',
        grid: true,
        tickFormat: (x: number) => x.toLocaleString('en'),
        domain,
        ticks: decadesWithin(domain),
      },
      y: {
        label: detail === 'bins' ? 'mean recall on the test set, %' : 'recall on the test set, %',
        grid: true,
        domain: [0, 100],
      },
      color: {type: 'categorical', domain: places, range: styles.map(({color}) => color)},
      // Bins set their symbols directly; a scale would map them.
      ...(detail === 'classes' && {symbol: {domain: places, range: styles.map(({symbol}) => symbol)}}),
      marks: [...marks, ...legend(entries, width, 44)],
    },
    setting,
  );
}

function pointOf(result: ClassResult, model: string, id: string): Point {
  const {name, images, recall} = result;
  const share = 100 * recall[model];
  const runs = runsOf(result, model);
  const [low, high] = (runs && estimate(runs.map((run) => 100 * run)).interval) ?? [share, share];
  return {name, images, recall: share, model: id, low: Math.max(0, low), high: Math.min(100, high)};
}

function inWords(labels: readonly string[]): string {
  return labels.length === 1 ? labels[0] : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}

// Shifts classes of equal frequency apart by a few percent, as they would cover each other.
function sideBySide(results: readonly ClassResult[]): ClassResult[] {
  const groups = new Map<number, ClassResult[]>();
  for (const result of results) groups.set(result.images, [...(groups.get(result.images) ?? []), result]);
  return [...groups.values()].flatMap((group) => {
    const step = Math.min(0.032, 0.24 / group.length);
    return group.map((result, i) => {
      const place = i - (group.length - 1) / 2;
      return {...result, images: result.images * 10 ** (step * place)};
    });
  });
}
