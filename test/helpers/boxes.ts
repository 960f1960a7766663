import fc from 'fast-check';

const SIDE = 12;

/** Boxes whose corners are whole numbers, so that their areas can be counted; some have none. */
export function cellBoxes(): fc.Arbitrary<number[][]> {
  const axis = fc.tuple(fc.integer({min: 0, max: SIDE}), fc.integer({min: 0, max: SIDE}));
  const box = fc.tuple(axis, axis).map(([[a, b], [c, d]]) => {
    return [Math.min(a, b), Math.min(c, d), Math.max(a, b), Math.max(c, d)];
  });
  return fc.array(box, {maxLength: 6});
}

/** IoU by counting cells. */
export function cellIoU(p: number[], q: number[]): number {
  let both = 0;
  let either = 0;
  for (let y = 0; y < SIDE; ++y) {
    for (let x = 0; x < SIDE; ++x) {
      const [inP, inQ] = [p, q].map((box) => y >= box[0] && y < box[2] && x >= box[1] && x < box[3]);
      both += Number(inP && inQ);
      either += Number(inP || inQ);
    }
  }
  return either === 0 ? 0 : both / either;
}
