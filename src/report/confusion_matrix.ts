import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {requireArray} from '../core/require_array';
import {requireStrings} from '../core/require_string';
import {ConfusionMatrix} from '../metrics/confusion_matrix';
import {checkLook} from './check_look';
import {classIntegers, requireClassNames, requirePairs, type SampleClasses} from './sample_classes';
import {drawSvg} from './svg';
import {shorten, textWidth} from './text';
import {COLORS, LEAST_WIDTH, type Look} from './theme';

/** Options of `confusionMatrix`. */
export interface ConfusionOptions extends Look {
  /** Names of the classes, in index order. */
  classNames?: readonly string[];
  /** The classes to show, by index, in this order; predictions of all others are summed as "other". */
  classes?: readonly number[];
  /**
   * Shows groups instead of classes: the name of each class's group, in index order. Predicting another class of the
   * right group counts as right.
   */
  groups?: readonly string[];
}

const WIDEST_CELL = 30;
/** Narrower cells show their numbers only in titles. */
const NUMBER_CELL = 22;
const LEAST_CELL = 4;
const MOST_CLASSES = 40;
/** Font size of names: the default, and the smallest, for small cells. */
const FONT = 12;
const LEAST_FONT = 8;
const LONGEST_NAME = 230;

interface Cell {
  row: number;
  column: number;
  percent: number;
}

/**
 * Draws the classes predicted (columns) for samples of each class (rows), in percent of the row.
 *
 * @param actual Classes of the samples: integers or, with `classNames`, names.
 * @param predicted Predicted classes.
 * @throws ValueError for invalid options, and if the two differ in length, hold no sample, a name is unknown, a class
 *   has no group, or more than 40 classes or groups would be shown.
 */
export function confusionMatrix(
  actual: SampleClasses,
  predicted: SampleClasses,
  options: ConfusionOptions = {},
): string {
  checkLook('confusionMatrix', options, ['classNames', 'classes', 'groups']);
  requirePairs(actual, predicted);
  const {classes, groups} = options;
  const classNames = requireClassNames(options.classNames);
  if (classes !== undefined) requireShown(classes);
  const held = classIntegers('actual', actual, classNames);
  const taken = classIntegers('predicted', predicted, classNames);
  if (groups !== undefined) {
    const names = [...new Set(requireStrings('groups', groups))];
    const groupOf = Array.from(groups, (group) => names.indexOf(group));
    const grouped = (of: ArrayLike<number>) =>
      Array.from(of, (j) => groupOf[j] ?? reject('groups', 'a group for each class', groups));
    return draw(grouped(held), grouped(taken), {
      ...options,
      classNames: names,
    });
  }
  return draw(held, taken, options);
}

function requireShown(classes: readonly number[]): void {
  classIntegers('classes', requireArray('classes', classes, 1) as readonly number[], undefined);
  if (new Set(classes).size < classes.length) reject('classes', 'classes without repetition', classes);
}

function draw(actual: ArrayLike<number>, predicted: ArrayLike<number>, options: ConfusionOptions): string {
  const {setting = 'standalone', classNames} = options;
  const classes =
    options.classes ?? [...new Set([...Array.from(actual), ...Array.from(predicted)])].sort((a, b) => a - b);
  if (classes.length > MOST_CLASSES) {
    reject(
      'classes',
      `a choice of at most ${MOST_CLASSES} classes (or see confusedPairs, for any number)`,
      `${classes.length} classes`,
    );
  }
  // Scales use positions, not names: two classes may share a name.
  const rows = classes.map((j) => classNames?.[j] ?? String(j));
  const columns = options.classes ? [...rows, 'other'] : rows;
  const longest = options.width === undefined ? LONGEST_NAME : Math.min(LONGEST_NAME, options.width / 4);
  const [rowTexts, columnTexts] = [rows, columns].map((names) =>
    names.map((name) => shorten(name, longest, FONT)),
  );
  const widest = Math.max(...columnTexts.map((text) => textWidth(text, FONT)));
  const marginLeft = Math.max(70, 16 + Math.max(...rowTexts.map((text) => textWidth(text, FONT))));
  const room = Math.max(LEAST_WIDTH, options.width ?? Number.POSITIVE_INFINITY) - marginLeft - 20;
  const cell = Math.max(LEAST_CELL, Math.min(WIDEST_CELL, Math.floor(room / columns.length)));
  const font = Math.max(LEAST_FONT, Math.min(FONT, cell - 1));
  // If cells are lower than the type, show only every second name, or every third …; titles of cells have them all.
  const every = Math.ceil((font + 1) / cell);
  // Column names are vertical if they would overlap.
  const isFlat = widest <= cell - 2;
  const marginTop = isFlat ? 76 : 70 + widest;
  const width = marginLeft + 20 + cell * columns.length;
  const least = Math.min(250, room + 20);
  const cells = cellsOf(actual, predicted, classes);
  const nameOf = (texts: readonly string[]) => (place: number) => (place % every === 0 ? texts[place] : '');
  const caption = {frameAnchor: 'top-left', textAnchor: 'start', fill: 'currentColor'} as const;
  const at = {x: 'column', y: 'row'};
  const title = ({row, column, percent}: Cell) =>
    `${rows[row]} taken for ${columns[column]}: ${percent.toFixed(1)} %`;
  return drawSvg(
    {
      width: Math.max(width, marginLeft + least),
      height: marginTop + 20 + cell * classes.length,
      marginTop,
      marginLeft,
      marginRight: Math.max(20, marginLeft + least - width + 20),
      marginBottom: 20,
      padding: 0.06,
      ariaLabel: 'Confusion matrix: what samples of each class are taken for, in percent',
      x: {type: 'band', axis: null, domain: [...columns.keys()]},
      y: {type: 'band', axis: null, domain: [...rows.keys()]},
      marks: [
        Plot.axisX({
          anchor: 'top',
          fontSize: font,
          tickFormat: nameOf(columnTexts),
          tickRotate: isFlat ? 0 : -90,
          label: null,
          tickSize: 0,
        }),
        Plot.axisY({fontSize: font, tickFormat: nameOf(rowTexts), label: null, tickSize: 0}),
        // Hue shows right or wrong, opacity how often, which works on any background.
        Plot.cell(
          rows.flatMap((_, row) => columns.map((_, column) => ({row, column, percent: 0}))),
          {
            ...at,
            fill: COLORS.rule,
            fillOpacity: 0.1,
            title: (cell: Cell) => `${rows[cell.row]}, ${columns[cell.column]}`,
          },
        ),
        Plot.cell(cells, {
          ...at,
          fill: ({row, column}: Cell) => (row === column ? COLORS.eql : COLORS.baseline),
          fillOpacity: ({percent}: Cell) => 0.15 + 0.85 * (percent / 100),
          title,
        }),
        Plot.text(cell < NUMBER_CELL ? [] : cells, {
          ...at,
          text: ({percent}: Cell) => percent.toFixed(0),
          fontSize: 10,
          // Full colors are bright on any background.
          fill: ({percent}: Cell) => (percent > 55 ? '#111111' : 'currentColor'),
        }),
        Plot.text(['taken for'], {...caption, dy: 36 - marginTop}),
        Plot.text(['actual'], {...caption, dx: 6 - marginLeft, dy: -16}),
        Plot.text(
          [
            shorten(
              '% of the row; blue is right, orange is wrong',
              Math.max(width, marginLeft + least) - 12,
              12,
            ),
          ],
          {
            ...caption,
            dx: 6 - marginLeft,
            dy: 12 - marginTop,
          },
        ),
      ],
    },
    setting,
  );
}

/** The nonzero cells, by position in `classes`; the position after the last stands for all other classes. */
function cellsOf(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: readonly number[],
): Cell[] {
  const counts = new ConfusionMatrix(1 + largestOf(actual, predicted, classes)).add(actual, predicted);
  const {support} = counts;
  return classes.flatMap((j, row) => {
    const shown = classes.map((k) => counts.count(j, k));
    const others = support[j] - shown.reduce((sum, n) => sum + n, 0);
    return [...shown, others]
      .map((n, column) => ({row, column, percent: (100 * n) / support[j]}))
      .filter(({percent}) => percent > 0);
  });
}

function largestOf(...classes: ArrayLike<number>[]): number {
  return classes.reduce((largest, of) => Array.from(of).reduce((a, b) => Math.max(a, b), largest), 0);
}
