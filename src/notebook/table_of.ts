import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {requireObject} from '../core/require_object';
import {requireString} from '../core/require_string';
import {type Column, htmlTable} from '../report/table';

/** A row: cells by heading. */
export type TableRow = Readonly<Record<string, string | number | boolean>>;

/** Options of a table. */
export interface TableOptions {
  /** A line above the table (default: none). */
  caption?: string;
  /** Decimals in columns whose numbers are not all integers (default: 2). */
  digits?: number;
}

/**
 * Makes an HTML table of rows. Columns of numbers are right-aligned.
 *
 * @throws ValueError for invalid options, no rows, and cells of other types.
 */
export function tableOf(rows: readonly TableRow[], options: TableOptions = {}): string {
  checkOptions('table', options, ['caption', 'digits']);
  const {caption = '', digits = 2} = options;
  requireString('caption', caption);
  requireInteger('digits', digits, 0, 100);
  if (!Array.isArray(rows) || rows.length === 0) reject('rows', 'an array of at least one row', rows);
  for (const [i, row] of rows.entries()) requireRow(`rows[${i}]`, row);
  const areWhole = (heading: string) =>
    rows.every(({[heading]: value}) => typeof value !== 'number' || Number.isInteger(value));
  const columns = Object.keys(rows[0]).map(
    (heading): Column<TableRow> => ({
      heading,
      cell: (row) =>
        cell(Object.hasOwn(row, heading) ? row[heading] : undefined, areWhole(heading) ? 0 : digits),
      align: rows.every((row) => typeof row[heading] === 'number') ? 'right' : 'left',
    }),
  );
  return htmlTable(rows, columns, caption);
}

function requireRow(path: string, row: unknown): void {
  for (const [heading, value] of Object.entries(requireObject(path, row))) {
    const isCell = value == null || ['string', 'number', 'boolean'].includes(typeof value);
    if (!isCell) reject(`${path}.${heading}`, 'a string, a number, true or false', value);
  }
}

function cell(value: string | number | boolean | undefined, digits: number): string {
  if (typeof value !== 'number') return String(value ?? '');
  return value
    .toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits})
    .replace('-', '−');
}
