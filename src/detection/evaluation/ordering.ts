/** Row numbers sorted by group; those of group g are at `starts[g]` … `starts[g + 1]`. */
export interface Grouped {
  rows: Int32Array;
  starts: Int32Array;
}

/** Sorts rows by their group, keeping the order within a group (counting sort). */
export function groupRows(rows: Int32Array, groupOf: Int32Array, groups: number): Grouped {
  const starts = new Int32Array(groups + 1);
  for (let i = 0; i < rows.length; ++i) starts[groupOf[rows[i]] + 1]++;
  for (let g = 0; g < groups; ++g) starts[g + 1] += starts[g];
  const next = starts.slice(0, groups);
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; ++i) sorted[next[groupOf[rows[i]]]++] = rows[i];
  return {rows: sorted, starts};
}

// Below this, insertion beats merging.
const FEW = 12;

/** Sorts `rows[from … to]` in place by descending key; equal keys keep their order. */
export function sortDescending(
  rows: Int32Array,
  keys: Float64Array,
  scratch: Int32Array,
  from = 0,
  to = rows.length,
): void {
  if (to - from <= FEW) {
    insert(rows, keys, from, to);
    return;
  }
  const middle = (from + to) >> 1;
  sortDescending(rows, keys, scratch, from, middle);
  sortDescending(rows, keys, scratch, middle, to);
  if (keys[rows[middle - 1]] >= keys[rows[middle]]) return;
  scratch.set(rows.subarray(from, middle), from);
  let left = from;
  let right = middle;
  for (let k = from; left < middle; ++k) {
    const takesLeft = right === to || keys[scratch[left]] >= keys[rows[right]];
    rows[k] = takesLeft ? scratch[left++] : rows[right++];
  }
}

function insert(rows: Int32Array, keys: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; ++i) {
    const row = rows[i];
    const key = keys[row];
    let j = i;
    for (; j > from && keys[rows[j - 1]] < key; --j) rows[j] = rows[j - 1];
    rows[j] = row;
  }
}
