import {type Column, estimate, intervalFigure, signed, textTable} from '../../src/report/on_node';
import type {Contender} from './contenders';
import type {Accuracies} from './scores';

/** One contender's results over the seeds, and its paired differences from the first contender, seed by seed. */
export interface Summary extends Contender {
  groups: Record<string, Cell>;
}

interface Cell {
  mean: number;
  /** NaN for a single seed. */
  sd: number;
  difference: number;
  /** Half the 95 % interval of the difference (Student's t); NaN for a single seed. */
  interval: number;
}

/** @param accuracies For each contender, one entry per seed, all in the same order of seeds. */
export function summarize(
  contenders: readonly Contender[],
  accuracies: ReadonlyArray<readonly Accuracies[]>,
): Summary[] {
  const names = Object.keys(accuracies[0][0]);
  return contenders.map((contender, i) => ({
    ...contender,
    groups: Object.fromEntries(
      names.map((group) => {
        const own = accuracies[i].map((each) => each[group]);
        const differences = own.map((value, seed) => value - accuracies[0][seed][group]);
        const {mean, sd = Number.NaN} = estimate(own);
        const {mean: difference, interval} = estimate(differences);
        const half = interval ? (interval[1] - interval[0]) / 2 : Number.NaN;
        return [group, {mean, sd, difference, interval: half}];
      }),
    ),
  }));
}

// A group without classes has no values.
const plusMinus = (value: number, text: string, spread: number) =>
  Number.isNaN(value) ? '–' : Number.isNaN(spread) ? text : `${text} ± ${spread.toFixed(1)}`;

/** A mean ± the standard deviation, if there is one. */
export function levelText({mean, sd = Number.NaN}: {mean: number; sd?: number}): string {
  return plusMinus(mean, mean.toFixed(1), sd);
}

const difference = ({difference: of, interval}: Cell) => plusMinus(of, signed(of), interval);

/** Accuracies as mean ± standard deviation, then differences from the first ± half their 95 % intervals. */
export function comparisonText(rows: readonly Summary[]): string {
  const groups = Object.keys(rows[0].groups);
  const table = (heading: string, shown: readonly Summary[], show: (cell: Cell) => string) =>
    textTable(shown, [
      {heading, cell: ({title}) => title, align: 'left'},
      ...groups.map((group): Column<Summary> => ({heading: group, cell: (row) => show(row.groups[group])})),
    ]);
  const parts = [table('accuracy, %', rows, levelText)];
  if (rows.length > 1) parts.push(table(`minus ${rows[0].title}`, rows.slice(1), difference));
  return parts.join('\n\n');
}

/** The same as one Markdown table. */
export function comparisonMarkdown(rows: readonly Summary[]): string {
  const groups = Object.keys(rows[0].groups);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = ['accuracy, %', ...groups, ...groups.map((group) => `Δ ${group}`)];
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row, i) =>
      line([
        row.title,
        ...groups.map((group) => levelText(row.groups[group])),
        ...groups.map((group) => (i === 0 ? '' : difference(row.groups[group]))),
      ]),
    ),
  ].join('\n');
}

/** The same as CSV, with a line for each contender and group. */
export function comparisonCsv(rows: readonly Summary[]): string {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.flatMap(({name, title, groups}) =>
    Object.entries(groups).map(([group, {mean, sd, difference: of, interval}]) =>
      [name, quoted(title), group, mean, sd, of, interval]
        .map((value) => (Number.isNaN(value) ? '' : value))
        .join(','),
    ),
  );
  return ['method,title,group,mean,sd,difference,interval', ...lines].join('\n');
}

/** Draws the differences from the first as an SVG document. */
export function comparisonFigure(rows: readonly Summary[]): string {
  return intervalFigure(
    rows.slice(1).map(({title, groups}) => ({
      name: title,
      values: Object.fromEntries(
        Object.entries(groups).map(([group, {difference, interval}]) => [
          group,
          {mean: difference, interval: [difference - interval, difference + interval] as const},
        ]),
      ),
    })),
    {label: `accuracy minus ${rows[0].title}, points`},
  );
}
