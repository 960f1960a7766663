/** One column: its heading, and what it shows of a row. */
export interface Column<Row> {
  /** At its top. */
  heading: string;
  /** The text of a row. */
  cell: (row: Row) => string;
  /** Default: right, as numbers want it. */
  align?: 'left' | 'right';
}

/** A table for a terminal. */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = [
    columns.map(({heading}) => heading),
    ...rows.map((row) => columns.map(({cell}) => cell(row))),
  ];
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

/** The same as HTML; a table wider than its page scrolls within itself. */
export function htmlTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  caption: string,
): string {
  const line = (tag: string, texts: string[]) =>
    `<tr>${texts
      .map((text, i) => `<${tag}${styleOf(tag, columns[i].align)}>${escapeHtml(text)}</${tag}>`)
      .join('')}</tr>`;
  const head = line(
    'th',
    columns.map(({heading}) => heading),
  );
  const body = rows
    .map((row) =>
      line(
        'td',
        columns.map(({cell}) => unbroken(cell(row))),
      ),
    )
    .join('\n');
  const table = `<table style="${TABLE}"><caption style="${CAPTION}">${escapeHtml(caption)}</caption><thead>${head}</thead><tbody>\n${body}\n</tbody></table>`;
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

/** Text as it may stand in HTML and in XML. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
