import {readFileSync} from 'node:fs';
import {reject, show, ValueError} from '../../core/errors';
import {requirePeer} from './require_peer';

/** A row of a list: values by column. */
export type Row = Record<string, unknown>;

type Parse = (text: string, options: object) => string[][];

/**
 * Reads a CSV file (by `csv-parse`) or one JSON object per line.
 *
 * @param columns The columns of a CSV file without a header, in order; a header is recognized by the first two.
 * @throws ValueError for a file that is missing, empty or malformed, naming the line.
 */
export function readRows(file: string, columns: readonly string[]): Row[] {
  if (typeof file !== 'string' || !/\.(csv|tsv|jsonl|ndjson)$/i.test(file)) {
    reject('file', 'a .csv, .tsv, .jsonl or .ndjson file', file);
  }
  const text = readText(file);
  const rows = /l$|ndjson$/i.test(file) ? jsonRows(file, text) : csvRows(file, text, columns);
  if (rows.length === 0) throw new ValueError(`Expected ${file} to have rows. Received: none`);
  return rows;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ValueError(`Expected \`file\` to be readable. Received: ${file} (${(error as Error).message})`);
  }
}

function jsonRows(file: string, text: string): Row[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      const row = JSON.parse(line);
      if (typeof row === 'object' && row !== null && !Array.isArray(row)) return [row as Row];
    } catch {
      // Reported below.
    }
    throw new ValueError(`Expected line ${i + 1} of ${file} to be a JSON object. Received: ${show(line)}`);
  });
}

function csvRows(file: string, text: string, columns: readonly string[]): Row[] {
  const {parse} = requirePeer<{parse: Parse}>('csv-parse/sync', 'Reading CSV files');
  const delimiter = /\.tsv$/i.test(file) ? '\t' : ',';
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      trim: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
  } catch (error) {
    throw new ValueError(`Expected ${file} to be a CSV file. Received: ${(error as Error).message}`);
  }
  const [first = []] = records;
  const hasHeader = columns.slice(0, 2).every((name) => first.includes(name));
  const names = hasHeader ? first : columns;
  return records
    .slice(hasHeader ? 1 : 0)
    .map((record) => Object.fromEntries(names.map((name, i) => [name, record[i]])));
}
