import {requireArray} from '../core/require_array';
import {requireChoice} from '../core/require_choice';
import {type Fields, optional, requireRecords} from '../core/require_fields';
import {requireFunction} from '../core/require_function';
import {requireString} from '../core/require_string';
import {onOneLine} from './text';

/** A column: its heading and the text of its cells. */
export interface Column<Row> {
  /** Heading at the top. */
  heading: string;
  /** The text of a row's cell. */
  cell: (row: Row) => string;
  /** Default: right, as for numbers. */
  align?: 'left' | 'right';
}

const ALIGN = ['left', 'right'] as const;
const COLUMN: Fields = {
  heading: requireString,
  cell: requireFunction,
  align: optional((path, value) => requireChoice(path, value, ALIGN)),
};

/** The text of each cell, by row. @throws ValueError naming an invalid part of the table. */
function cellsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[][] {
  requireRecords('columns', columns, COLUMN);
  return Array.from(requireArray('rows', rows) as readonly Row[], (row) =>
    columns.map(({cell}, i) => requireString(`columns[${i}].cell(row)`, cell(row))),
  );
}

/**
 * Makes a table for a terminal: one line per row, whatever its cells contain.
 *
 * @throws ValueError for invalid rows and columns, and cells that are not text.
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
// Stays in view, however far the table scrolls.
const CAPTION = 'text-align: left; position: sticky; left: 0; max-width: 90vw';

/**
 * Makes the same table as HTML; one wider than its page scrolls horizontally.
 *
 * @throws ValueError for invalid rows and columns, and for cells or a caption that are not text.
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

// Keeps text in parentheses, such as an interval, together when a line wraps.
function unbroken(text: string): string {
  return text.replace(/\([^)]*\)/g, (part) => part.replaceAll(' ', '\u00a0'));
}

// Cells inherit the table's alignment; browsers center headings.
function styleOf(tag: string, align: 'left' | 'right' = 'right'): string {
  if (align === 'right' && tag === 'td') return '';
  return ` style="text-align: ${align}"`;
}

/** Escapes text for HTML and XML. @throws ValueError for anything but text. */
export function escapeHtml(text: string): string {
  requireString('text', text);
  const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
