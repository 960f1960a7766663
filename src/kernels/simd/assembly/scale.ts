import {load4, store4} from './elements';

/** Multiplies each row of `values`, `[rows, classes]` in float32, by its factor of `factors`, `[rows]`. */
export function scale(values: usize, factors: usize, rows: i32, classes: i32): void {
  for (let r = 0; r < rows; ++r, factors += 4) {
    const factor = f32x4.splat(load<f32>(factors));
    for (let j = 0; j < classes; j += 4) {
      const count = classes - j;
      store4(values, f32x4.mul(load4(values, count), factor), count);
      values += <usize>min(count, 4) << 2;
    }
  }
}
