import {reject} from '../core/errors';
import {type Column, htmlTable} from '../report/table';

/** A row by the headings of its cells. */
export type TableRow = Readonly<Record<string, string | number | boolean>>;

/** How a table looks. */
export interface TableOptions {
  /** A line above the table (default: none). */
  caption?: string;
  /** Digits after the point, in columns whose numbers are not all whole (default 2). */
  digits?: number;
}

/**
 * Rows as an HTML table. Columns of numbers are aligned to the right.
 *
 * @throws ValueError when there is no row.
 */
export function tableOf(rows: readonly TableRow[], {caption = '', digits = 2}: TableOptions = {}): string {
  if (!Array.isArray(rows) || rows.length === 0) reject('rows', 'an array of at least one row', rows);
  const areWhole = (heading: string) =>
    rows.every(({[heading]: value}) => typeof value !== 'number' || Number.isInteger(value));
  const columns = Object.keys(rows[0]).map(
    (heading): Column<TableRow> => ({
      heading,
      cell: (row) => cell(row[heading], areWhole(heading) ? 0 : digits),
      align: rows.every((row) => typeof row[heading] === 'number') ? 'right' : 'left',
    }),
  );
  return htmlTable(rows, columns, caption);
}

function cell(value: string | number | boolean | undefined, digits: number): string {
  if (typeof value !== 'number') return String(value ?? '');
  return value
    .toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits})
    .replace('-', '−');
}
