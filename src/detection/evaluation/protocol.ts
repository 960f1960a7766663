/** The IoU at which a detection matches an object: .5, .55, … .95, `[10]`. */
export const IOU_THRESHOLDS = evenly(0.5, 0.95, 10);

/** Recalls at which precision is read: 0, .01, … 1, `[101]`. */
export const RECALLS = evenly(0, 1, 101);

/** Inclusive bounds in square pixels, with the letter that denotes them in the summary. */
export const AREA_RANGES: readonly {readonly letter: string; readonly from: number; readonly to: number}[] = [
  {letter: '', from: 0, to: 1e5 ** 2},
  {letter: 's', from: 0, to: 32 ** 2},
  {letter: 'm', from: 32 ** 2, to: 96 ** 2},
  {letter: 'l', from: 96 ** 2, to: 1e5 ** 2},
];

/** Whether an area is outside a range. */
export function isOutside(area: number, {from, to}: {readonly from: number; readonly to: number}): boolean {
  return area < from || area > to;
}

/** `numpy.linspace` to the last bit: an IoU exactly equal to a threshold counts as reaching it. */
function evenly(start: number, stop: number, count: number): Float64Array {
  const step = (stop - start) / (count - 1);
  return Float64Array.from({length: count}, (_, i) => (i === count - 1 ? stop : i * step + start));
}
