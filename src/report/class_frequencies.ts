import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import {
  type FrequencyInfo,
  frequenciesOf,
  frequencyGroups,
  type GroupBounds,
  isCounted,
  namesOf,
} from '../frequency';
import {count, decades} from './axis';
import {checkLook} from './check_look';
import {LEGEND_ROW, legend, legendRows} from './legend';
import {nameMarks} from './name_marks';
import {requireOccurring} from './require_occurring';
import {drawSvg} from './svg';
import {GROUPS, type Look, laidOut, seriesStyle} from './theme';

export interface ClassFrequenciesOptions extends Look {
  /** λ, drawn as a line; classes below it are spared. */
  lambda?: number;
  /**
   * Bounds of the groups to distinguish; default: rare, common and frequent as in LVIS. Needs counts, not plain
   * frequencies.
   */
  bounds?: GroupBounds;
}

// Names of more classes would merge into a gray cloud.
const MOST_NAMES = 200;
const WIDTH = 860;
const MARGIN = {left: 64, right: 20};

/**
 * Draws every class by its number of images (by f_j for plain frequencies), most frequent first: the long tail itself.
 * Classes without images cannot be shown on a logarithmic axis and are left out.
 *
 * @throws ValueError for invalid options and freqInfo, and if no class has an image.
 */
export function classFrequencies(freqInfo: FrequencyInfo, options: ClassFrequenciesOptions = {}): string {
  checkLook('classFrequencies', options, ['lambda', 'bounds']);
  const {setting = 'standalone', lambda, bounds} = options;
  if (lambda !== undefined) requireNumber('lambda', lambda, 0);
  const wide = laidOut(options.width, WIDTH);
  const counted = isCounted(freqInfo);
  const amounts = counted ? freqInfo.imageCounts : frequenciesOf(freqInfo);
  requireOccurring(amounts);
  if (!counted && bounds !== undefined)
    reject('bounds', 'absent, as plain frequencies have no groups', bounds);
  const groups = counted
    ? frequencyGroups(freqInfo, bounds)
    : {names: ['classes'], groupOf: amounts.map(() => 0)};
  const styles = groups.names.map((_, i) => groupStyle(i, groups.names.length, counted));
  const classNames = namesOf(freqInfo);
  const classes = Array.from(amounts, (amount, j) => ({
    amount,
    name: classNames?.[j] ?? `class ${j}`,
    style: styles[groups.groupOf[j]],
  }))
    .filter(({amount}) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .map((entry, rank) => ({...entry, rank: rank + 1}));
  const images = counted ? freqInfo.numImages : 1;
  const level = lambda !== undefined && lambda > 0 ? lambda * images : undefined;
  const named = classNames !== undefined && classes.length <= MOST_NAMES;
  const marks: Plot.Markish[] = styles.map(({color, symbol}, i) =>
    Plot.dot(
      classes.filter(({style}) => style === styles[i]),
      {x: 'rank', y: 'amount', fill: color, symbol, r: 4, stroke: 'none', title: 'name'},
    ),
  );
  if (named) {
    const points = classes.map(({name, rank, amount}) => ({name, x: rank, ys: [amount]}));
    marks.push(nameMarks(points, 4, 12, {ys: level === undefined ? [] : [level]}));
  }
  if (level !== undefined) {
    const label =
      wide < 480 ? 'λ: spared below' : `λ = ${(level / images).toPrecision(3)}: below, a class is spared`;
    marks.push(
      Plot.ruleY([level], {stroke: 'currentColor', strokeDasharray: '4,4'}),
      Plot.text([level], {
        y: (y: number) => y,
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: 6,
        // At the left the curve is above λ, so the space below the line is empty.
        dy: 10,
        text: () => label,
        fill: 'currentColor',
      }),
    );
  }
  const most = Math.max(...classes.map(({amount}) => amount));
  const least = Math.min(...classes.map(({amount}) => amount));
  const entries = counted ? groups.names.map((label, i) => ({label, ...styles[i]})) : [];
  const width = wide - MARGIN.left - MARGIN.right;
  const more = LEGEND_ROW * Math.max(0, legendRows(entries, width) - 1);
  return drawSvg(
    {
      width: wide,
      height: 380 + more,
      marginTop: 58 + more,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      marginBottom: 46,
      ariaLabel: 'Classes by how often they occur, the most frequent first',
      x: {
        label: 'rank of the class, by frequency',
        domain: [0.2, classes.length + 0.8],
        tickFormat: count,
        ...(classes.length < 10 && {ticks: classes.map(({rank}) => rank)}),
      },
      y: {
        type: 'log',
        label: counted ? 'images that hold the class' : 'frequency of the class',
        grid: true,
        domain: [least / 1.5, most * 2.5],
        ticks: decades(least, most),
        tickFormat: count,
      },
      marks: [...marks, ...legend(entries, width)],
    },
    setting,
  );
}

function groupStyle(
  index: number,
  groups: number,
  counted: boolean,
): {color: string; symbol: Plot.SymbolType} {
  if (!counted) return GROUPS[2];
  if (groups <= GROUPS.length) return GROUPS[index];
  return seriesStyle(index, groups);
}
