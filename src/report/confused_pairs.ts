import * as Plot from '@observablehq/plot';
import {requireInteger} from '../core/require_integer';
import {ConfusionMatrix} from '../metrics/confusion_matrix';
import {checkLook} from './check_look';
import {classIntegers, requireClassNames, requirePairs, type SampleClasses} from './sample_classes';
import {drawSvg} from './svg';
import {shorten, textWidth} from './text';
import {COLORS, type Look, laidOut} from './theme';

/** Options of `confusedPairs`. */
export interface ConfusedPairsOptions extends Look {
  /** Names of the classes, in index order. */
  classNames?: readonly string[];
  /** Number of pairs. Default: 20. */
  k?: number;
}

/** A class, and another that is predicted for its samples. */
export interface ConfusedPair {
  /** The samples' class. */
  actual: number;
  /** The class predicted for them. */
  predicted: number;
  /** Number of these samples. */
  samples: number;
  /** Number of samples of the class. */
  support: number;
}

const WIDTH = 640;
const ROW = 20;
/** Below this width, names are placed above their bars instead of beside them. */
const STACKED = 480;
const FONT = 12;

/**
 * Finds the k pairs of classes with the most samples of one predicted as the other; ties go to the larger share.
 *
 * @throws ValueError if labels and predictions differ in number, or there are none.
 */
export function mostConfused(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  k = 20,
): ConfusedPair[] {
  requirePairs(actual, predicted);
  for (const [argument, classes] of Object.entries({actual, predicted})) {
    classIntegers(argument, classes, undefined);
  }
  requireInteger('k', k, 1);
  const largest = [actual, predicted].reduce(
    (most, of) => Array.from(of).reduce((a, b) => Math.max(a, b), most),
    0,
  );
  const matrix = new ConfusionMatrix(1 + largest).add(actual, predicted);
  const {support} = matrix;
  const pairs = new Map<string, ConfusedPair>();
  for (let row = 0; row < actual.length; ++row) {
    const [a, b] = [actual[row], predicted[row]];
    if (a !== b)
      pairs.set(`${a} ${b}`, {actual: a, predicted: b, samples: matrix.count(a, b), support: support[a]});
  }
  const all = [...pairs.values()];
  return all.sort((a, b) => b.samples - a.samples || a.support - b.support).slice(0, k);
}

/**
 * Draws the most confused pairs of classes, for any number of classes: each bar shows the share of one class that is
 * predicted as the other.
 *
 * @param actual Classes of the samples: integers or, with `classNames`, names.
 * @param predicted Predicted classes.
 * @throws ValueError for invalid options, and if labels and predictions differ in number, there are none, or a name is
 *   unknown.
 */
export function confusedPairs(
  actual: SampleClasses,
  predicted: SampleClasses,
  options: ConfusedPairsOptions = {},
): string {
  checkLook('confusedPairs', options, ['classNames', 'k']);
  const {setting = 'standalone', k} = options;
  const classNames = requireClassNames(options.classNames);
  const [held, taken] = [
    classIntegers('actual', actual, classNames),
    classIntegers('predicted', predicted, classNames),
  ];
  const pairs = mostConfused(held, taken, k);
  const width = laidOut(options.width, WIDTH);
  const isStacked = width < STACKED;
  const longest = width * (isStacked ? 0.4 : 0.22);
  const nameOf = (j: number) => classNames?.[j] ?? `class ${j}`;
  const texts = pairs.map(({actual: a, predicted: b}) =>
    [a, b].map((j) => shorten(nameOf(j), longest, FONT)).join(' → '),
  );
  const marginLeft = isStacked ? 10 : 14 + Math.max(60, ...texts.map((text) => textWidth(text, FONT)));
  const bars = pairs.map((pair, i) => ({...pair, i, percent: (100 * pair.samples) / pair.support}));
  const most = Math.max(0, ...bars.map(({percent}) => percent));
  const said = ({samples, support, percent}: (typeof bars)[number]) =>
    `${samples.toLocaleString('en')} of ${support.toLocaleString('en')} (${percent.toFixed(0)} %)`;
  const marginRight = 16 + Math.max(40, ...bars.map((bar) => textWidth(said(bar), FONT)));
  return drawSvg(
    {
      width,
      height: 66 + (isStacked ? 2 : 1) * ROW * Math.max(1, pairs.length),
      marginLeft,
      marginRight,
      marginTop: 30,
      marginBottom: 36,
      ariaLabel: 'The classes that are most often taken for another one',
      x: {
        domain: [0, Math.max(10, 10 * Math.ceil(most / 10))],
        grid: true,
        ticks: width < 480 ? 3 : 5,
        label: shorten('share of the samples, %', width - marginLeft - 10, 12),
      },
      y: {
        type: 'band',
        domain: [...bars.keys()],
        tickFormat: (i: number) => (isStacked ? '' : texts[i]),
        label: null,
        tickSize: 0,
        padding: isStacked ? 0.1 : 0.3,
      },
      marks: [
        Plot.barX(bars, {
          x: 'percent',
          y: 'i',
          fill: COLORS.baseline,
          insetTop: isStacked ? ROW - 2 : 0,
          title: (bar: (typeof bars)[number]) =>
            `${nameOf(bar.actual)} taken for ${nameOf(bar.predicted)}: ${said(bar)}`,
        }),
        Plot.text(bars, {
          x: 'percent',
          y: 'i',
          text: said,
          dx: 5,
          dy: isStacked ? ROW / 2 - 1 : 0,
          textAnchor: 'start',
          fill: 'currentColor',
        }),
        Plot.text(isStacked ? bars : [], {
          x: 0,
          y: 'i',
          text: ({i}: (typeof bars)[number]) => texts[i],
          dy: -ROW / 2,
          textAnchor: 'start',
          fill: 'currentColor',
        }),
        Plot.text([pairs.length === 0 ? 'no sample is taken for another class' : 'actual → taken for'], {
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dx: pairs.length === 0 || isStacked ? 0 : 6 - marginLeft,
          dy: -18,
          fill: 'currentColor',
        }),
      ],
    },
    setting,
  );
}
