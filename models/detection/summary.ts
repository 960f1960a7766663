import {type Column, estimate, signed, textTable} from '../../src/report/on_node';
import type {Contender} from './contender';
import type {DetectionOutcome} from './detection_job';

/** The entries of the summary that tables show. */
export const SHOWN = ['AP', 'AP50', 'APr', 'APc', 'APf'] as const;

/** Average precision in percent, and the paired difference from the first contender, seed by seed. */
export interface Score {
  mean: number;
  difference: number;
  /** Half the 95 % interval of the difference (Student's t); undefined for a single seed. */
  interval?: number;
}

/** One contender's results over the seeds. */
export interface Summary extends Contender {
  scores: Record<string, Score>;
}

/** @param outcomes For each contender, one entry per seed, all in the same order of seeds. */
export function summarize(
  contenders: readonly Contender[],
  outcomes: ReadonlyArray<readonly Pick<DetectionOutcome, 'summary'>[]>,
): Summary[] {
  return contenders.map((contender, i) => ({
    ...contender,
    scores: Object.fromEntries(
      SHOWN.map((name): [string, Score] => {
        const own = outcomes[i].map(({summary}) => 100 * summary[name]);
        const differences = own.map((value, seed) => value - 100 * outcomes[0][seed].summary[name]);
        const {mean: difference, interval} = estimate(differences);
        const half = interval && {interval: (interval[1] - interval[0]) / 2};
        return [name, {mean: estimate(own).mean, difference, ...half}];
      }),
    ),
  }));
}

/** Columns of a table: the mean, followed by the difference from the first row. */
export function summaryColumns(first: Summary): Column<Summary>[] {
  const cell = (name: string, row: Summary) => {
    const {mean, difference, interval} = row.scores[name];
    if (row === first) return mean.toFixed(1);
    const spread = interval === undefined ? '' : ` ± ${interval.toFixed(1)}`;
    return `${mean.toFixed(1)} (${signed(difference)}${spread})`;
  };
  return [
    {heading: 'AP, %', cell: ({title}) => title, align: 'left'},
    ...SHOWN.map((name): Column<Summary> => ({heading: name, cell: (row) => cell(name, row)})),
  ];
}

/** A table for a terminal. */
export function summaryText(rows: readonly Summary[]): string {
  return textTable(rows, summaryColumns(rows[0]));
}
