import {requireArray} from '../core/require_array';
import {requireChoice} from '../core/require_choice';
import {type Fields, optional, requireRecords} from '../core/require_fields';
import {requireFunction} from '../core/require_function';
import {requireString} from '../core/require_string';
import {onOneLine} from './text';

/** One column: its heading, and what it shows of a row. */
export interface Column<Row> {
  /** At its top. */
  heading: string;
  /** The text of a row. */
  cell: (row: Row) => string;
  /** Default: right, as numbers want it. */
  align?: 'left' | 'right';
}

const ALIGN = ['left', 'right'] as const;
const COLUMN: Fields = {
  heading: requireString,
  cell: requireFunction,
  align: optional((path, value) => requireChoice(path, value, ALIGN)),
};

/** The text of each cell by rows. @throws ValueError naming a part of the table that is none. */
function cellsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[][] {
  requireRecords('columns', columns, COLUMN);
  return Array.from(requireArray('rows', rows) as readonly Row[], (row) =>
    columns.map(({cell}, i) => requireString(`columns[${i}].cell(row)`, cell(row))),
  );
}

/**
 * A table for a terminal: a line for each row, whatever is in its cells.
 *
 * @throws ValueError for what are no rows and columns, and cells that are no text.
 */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const texts = cellsOf(rows, columns);
  const cells = [columns.map(({heading}) => heading), ...texts].map((line) => line.map(onOneLine));
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const lines = cells.map((line) =>
    line
      .map((text, i) => (columns[i].align === 'left' ? text.padEnd(widths[i]) : text.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines.join('\n');
}

const TABLE = 'text-align: right; border-spacing: 0.8em 0.15em; font-variant-numeric: tabular-nums';
// It stays in sight, however far the table scrolls.
const CAPTION = 'text-align: left; position: sticky; left: 0; max-width: 90vw';

/**
 * The same as HTML; a table wider than its page scrolls within itself.
 *
 * @throws ValueError for what are no rows and columns, and cells and a caption that are no text.
 */
export function htmlTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  caption: string,
): string {
  const texts = cellsOf(rows, columns);
  const line = (tag: string, texts: string[]) =>
    `<tr>${texts
      .map((text, i) => `<${tag}${styleOf(tag, columns[i].align)}>${escapeHtml(text)}</${tag}>`)
      .join('')}</tr>`;
  const head = line(
    'th',
    columns.map(({heading}) => heading),
  );
  const body = texts.map((row) => line('td', row.map(unbroken))).join('\n');
  const table = `<table style="${TABLE}"><caption style="${CAPTION}">${escapeHtml(requireString('caption', caption))}</caption><thead>${head}</thead><tbody>\n${body}\n</tbody></table>`;
  return `<div style="overflow-x: auto">${table}</div>`;
}

// What stands in parentheses, such as a difference with its interval, goes to the next line as a whole.
function unbroken(text: string): string {
  return text.replace(/\([^)]*\)/g, (part) => part.replaceAll(' ', '\u00a0'));
}

// Cells take the table's alignment; browsers centre headings.
function styleOf(tag: string, align: 'left' | 'right' = 'right'): string {
  if (align === 'right' && tag === 'td') return '';
  return ` style="text-align: ${align}"`;
}

/** Text as it may stand in HTML and in XML. @throws ValueError for what is no text. */
export function escapeHtml(text: string): string {
  requireString('text', text);
  const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
