import type {ComparisonRow} from './results';
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
