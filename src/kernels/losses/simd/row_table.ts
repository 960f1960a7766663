/** Numbers per class `[C]`, in the form that the module reads; `sums` are read back after it has added to them. */
export interface Column {
  as: 'float32' | 'float64' | 'scales' | 'sums';
  values: Float64Array;
}

/** The module's formulas, by their numbers in assembly/rows.ts. */
export const FORMULAS = {adjusted: 0, seesaw: 1, weighted: 2, focal: 3, shifted: 4} as const;

/** A formula of the module and its parameters; their places in both lists are named in its source. */
export interface RowTable {
  formula: keyof typeof FORMULAS;
  columns: (Column | null)[];
  numbers?: number[];
  /** Weights of the batch's rows. */
  rowWeights?: Float64Array;
}

const OFFSETS = 8;
/** The place of the row weights among the columns. */
const ROW_WEIGHTS = 7;
const NUMBERS = 6;
const UPPER = 0xfffff000;
const HEADER_BYTES = 4 * OFFSETS + 8 * NUMBERS;

/** Rounds a length up to whole vectors of four. */
export const wholeVectors = (classes: number) => 4 * Math.ceil(classes / 4);

function bytesOf({as, values}: Column): number {
  if (as === 'float64' || as === 'sums') return 8 * values.length;
  return (as === 'scales' ? 12 : 4) * wholeVectors(values.length);
}

function allColumns({columns, rowWeights}: RowTable): (Column | null)[] {
  const all = columns.slice();
  if (rowWeights) all[ROW_WEIGHTS] = {as: 'float32', values: rowWeights};
  return all;
}

/** Bytes of a table, a multiple of eight. */
export function tableBytes(table: RowTable): number {
  return allColumns(table).reduce((bytes, column) => bytes + (column ? bytesOf(column) : 0), HEADER_BYTES);
}

/** Writes a table to `at`, a multiple of eight; see assembly/table.ts. */
export function writeTable(table: RowTable, buffer: ArrayBufferLike, at: number): void {
  const offsets = new Int32Array(buffer, at, OFFSETS).fill(0);
  new Float64Array(buffer, at + 4 * OFFSETS, NUMBERS).fill(0).set(table.numbers ?? []);
  let offset = HEADER_BYTES;
  allColumns(table).forEach((column, i) => {
    if (column == null) return;
    offsets[i] = offset;
    writeColumn(column, buffer, at + offset);
    offset += bytesOf(column);
  });
}

/** Reads a table's sums back. */
export function readSums({columns}: RowTable, buffer: ArrayBufferLike, at: number): void {
  const offsets = new Int32Array(buffer, at, OFFSETS);
  columns.forEach((column, i) => {
    if (column?.as !== 'sums') return;
    column.values.set(new Float64Array(buffer, at + offsets[i], column.values.length));
  });
}

function writeColumn({as, values}: Column, buffer: ArrayBufferLike, at: number): void {
  if (as === 'float64' || as === 'sums') {
    new Float64Array(buffer, at, values.length).set(values);
    return;
  }
  const length = wholeVectors(values.length);
  // In the padding, a weight of 0 contributes nothing, and a scale of 1 leaves BELOW as it is.
  const whole = new Float32Array(buffer, at, length).fill(as === 'scales' ? 1 : 0);
  whole.set(values);
  if (as === 'float32') return;
  // The upper half of each number's digits, whose mutual products are exact, and the remainder.
  const upper = new Float32Array(buffer, at + 4 * length, length).fill(1);
  const lower = new Float32Array(buffer, at + 8 * length, length).fill(0);
  const digits = new Int32Array(buffer, at, length);
  const upperDigits = new Int32Array(buffer, at + 4 * length, length);
  for (let j = 0; j < values.length; ++j) {
    upperDigits[j] = digits[j] & UPPER;
    lower[j] = values[j] - upper[j];
  }
}
