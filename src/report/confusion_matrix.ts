import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {ConfusionMatrix} from '../metrics/confusion_matrix';
import {drawSvg} from './svg';
import {COLORS, type Setting} from './theme';

/** What a confusion matrix shows of the classes. */
export interface ConfusionOptions {
  /** Where it will be looked at. Default: `'standalone'`. */
  setting?: Setting;
  /** Names of the classes, in index order. */
  classNames?: readonly string[];
  /** The classes to show, by index, in this order; what they are taken for besides is summed up as "other". */
  classes?: readonly number[];
}

const CELL = 30;
const MOST_CLASSES = 40;

/**
 * What samples of each class (row) are taken for (column), in percent of the row.
 *
 * @param actual Classes of the samples, integers.
 * @param predicted What each is taken for.
 * @throws ValueError when the two differ in length, hold no sample, or more than 40 classes would be shown.
 */
export function confusionMatrix(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: ConfusionOptions = {},
): string {
  const {setting = 'standalone', classNames} = options;
  if (actual.length === 0 || actual.length !== predicted.length) {
    reject('predicted', `as many classes as there are labels, at least one (${actual.length})`, predicted);
  }
  const classes =
    options.classes ?? [...new Set([...Array.from(actual), ...Array.from(predicted)])].sort((a, b) => a - b);
  if (classes.length > MOST_CLASSES) {
    reject('classes', `a choice of at most ${MOST_CLASSES} classes`, `${classes.length} classes`);
  }
  const nameOf = (j: number) => classNames?.[j] ?? String(j);
  const columns = [...classes.map(nameOf), ...(options.classes ? ['other'] : [])];
  const counts = new ConfusionMatrix(1 + largestOf(actual, predicted, classes)).add(actual, predicted);
  const {support} = counts;
  const cells = classes.flatMap((j) => {
    const shown = classes.map((k) => ({taken: nameOf(k), n: counts.count(j, k)}));
    const others = support[j] - shown.reduce((sum, {n}) => sum + n, 0);
    return [...shown, {taken: 'other', n: others}]
      .filter(({n}) => n > 0)
      .map(({taken, n}) => ({actual: nameOf(j), taken, percent: (100 * n) / support[j]}));
  });
  const size = {width: 90 + CELL * columns.length, height: 96 + CELL * classes.length};
  return drawSvg(
    {
      width: Math.max(size.width, 320),
      height: size.height,
      marginTop: 76,
      marginLeft: 70,
      marginRight: Math.max(20, 320 - size.width + 20),
      marginBottom: 20,
      padding: 0.06,
      ariaLabel: 'Confusion matrix: what samples of each class are taken for, in percent',
      x: {axis: 'top', domain: columns, label: null, tickSize: 0},
      y: {domain: classes.map(nameOf), label: null, tickSize: 0},
      marks: [
        // The hue says right or wrong, the opacity how often: that works on any ground.
        Plot.cell(
          classes.flatMap((j) => columns.map((column) => ({actual: nameOf(j), taken: column}))),
          {x: 'taken', y: 'actual', fill: COLORS.rule, fillOpacity: 0.1},
        ),
        Plot.cell(cells, {
          x: 'taken',
          y: 'actual',
          fill: ({actual, taken}: (typeof cells)[number]) =>
            actual === taken ? COLORS.eql : COLORS.baseline,
          fillOpacity: ({percent}: (typeof cells)[number]) => 0.15 + 0.85 * (percent / 100),
        }),
        Plot.text(cells, {
          x: 'taken',
          y: 'actual',
          text: ({percent}: (typeof cells)[number]) => percent.toFixed(0),
          fontSize: 10,
          // Full colours are bright on any ground.
          fill: ({percent}: (typeof cells)[number]) => (percent > 55 ? '#111111' : 'currentColor'),
        }),
        Plot.text(['taken for'], {
          frameAnchor: 'top-left',
          dy: -40,
          textAnchor: 'start',
          fill: 'currentColor',
        }),
        Plot.text(['actual'], {
          frameAnchor: 'top-left',
          dx: -64,
          dy: -16,
          textAnchor: 'start',
          fill: 'currentColor',
        }),
        Plot.text(['% of the row; blue is right, orange is wrong'], {
          frameAnchor: 'top-left',
          dx: -64,
          dy: -64,
          textAnchor: 'start',
          fill: 'currentColor',
        }),
      ],
    },
    setting,
  );
}

function largestOf(...classes: ArrayLike<number>[]): number {
  return classes.reduce((largest, of) => Array.from(of).reduce((a, b) => Math.max(a, b), largest), 0);
}
