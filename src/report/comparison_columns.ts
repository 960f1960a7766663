import type {ComparisonRow, ModelComparisonRow} from './comparison';
import type {Estimate} from './estimate';
import {labelsOf} from './model_runs';
import type {Column} from './table';

const percent = (value: number) => value.toFixed(1);

/** A difference with its sign, a minus sign being one. */
export function signed(value: number, digits = 1): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** Columns for the rows of `compareGroups`. */
export const comparisonColumns: Column<ComparisonRow>[] = [
  {heading: 'accuracy, %', cell: ({group}) => group, align: 'left'},
  {heading: 'classes', cell: ({classes}) => String(classes)},
  {heading: 'cross entropy', cell: ({baseline}) => percent(baseline)},
  {heading: 'EQL', cell: ({eql}) => percent(eql)},
  {heading: 'difference', cell: ({difference}) => signed(difference)},
];

/**
 * Columns for the rows of `compareModels`: accuracies with their standard deviation over runs, and differences from the
 * first model with their 95 % interval.
 *
 * @param models The same names that the rows have.
 */
export function modelColumns(models: readonly string[]): Column<ModelComparisonRow>[] {
  const labels = labelsOf(models);
  return [
    {heading: 'accuracy, %', cell: ({group}) => group, align: 'left'},
    {heading: 'classes', cell: ({classes}) => String(classes)},
    ...labels.map((heading, i) => ({
      heading,
      cell: (row: ModelComparisonRow) => withDeviation(row.models[i].accuracy),
    })),
    ...labels.slice(1).map((label, i) => ({
      heading: labels.length === 2 ? 'difference' : `${label} − ${labels[0]}`,
      cell: (row: ModelComparisonRow) => withInterval(row.models[i + 1].difference),
    })),
  ];
}

function withDeviation({mean, sd}: Estimate): string {
  return sd === undefined ? percent(mean) : `${percent(mean)} ± ${percent(sd)}`;
}

function withInterval({mean, interval}: Estimate): string {
  if (interval === undefined) return signed(mean);
  return `${signed(mean)} [${interval.map((end) => signed(end)).join(', ')}]`;
}
