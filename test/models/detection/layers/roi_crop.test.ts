import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {RoiCrop} from '../../../../models/detection/layers/roi_crop';

const HEIGHT = 12;
const WIDTH = 20;

/** The level at a place between pixels, whose middles are at .5: 0 outside. */
function bilinear(pixels: Float32Array, y: number, x: number): number {
  const [v, u] = [y - 0.5, x - 0.5];
  if (v < 0 || u < 0 || v > HEIGHT - 1 || u > WIDTH - 1) return 0;
  const [top, left] = [Math.floor(v), Math.floor(u)];
  const [bottom, right] = [Math.min(top + 1, HEIGHT - 1), Math.min(left + 1, WIDTH - 1)];
  const at = (row: number, column: number) => pixels[row * WIDTH + column];
  const upper = at(top, left) * (left + 1 - u) + at(top, right) * (u - left);
  const lower = at(bottom, left) * (left + 1 - u) + at(bottom, right) * (u - left);
  return upper * (top + 1 - v) + lower * (v - top);
}

test('a crop shows the window around the middle of its box, and what of it is in the box', (t) => {
  const images = tf.randomUniform([2, HEIGHT, WIDTH, 1], 0, 1, 'float32', 7) as tf.Tensor4D;
  const pixels = tf.unstack(images).map((image) => image.dataSync() as Float32Array);
  const corner = (end: number) => fc.double({min: -2, max: end, noNaN: true});
  const side = fc.double({min: 0.5, max: 9, noNaN: true});
  const boxes = fc
    .tuple(corner(HEIGHT), corner(WIDTH), side, side)
    .map(([y, x, height, width]) => [y, x, y + height, x + width].map(Math.fround));
  const sizes = fc.record({side: fc.integer({min: 2, max: 6}), window: fc.integer({min: 1, max: 9})});
  fc.assert(
    fc.property(fc.array(boxes, {minLength: 3, maxLength: 3}), sizes, (three, size) => {
      const layer = new RoiCrop(size);
      const given = tf.tensor3d([three, [...three].reverse()]);
      const crops = layer.call([images, given]);
      t.deepEqual(crops.shape, [6, size.side, size.side, 2]);
      t.deepEqual(layer.computeOutputShape([images.shape, given.shape]), [null, size.side, size.side, 2]);
      const values = crops.dataSync();
      [...three, ...[...three].reverse()].forEach(([y1, x1, y2, x2], row) => {
        for (let i = 0; i < size.side; ++i) {
          for (let j = 0; j < size.side; ++j) {
            const offset = (k: number) => ((k + 0.5) / size.side - 0.5) * size.window;
            const [y, x] = [(y1 + y2) / 2 + offset(i), (x1 + x2) / 2 + offset(j)];
            const at = 2 * ((row * size.side + i) * size.side + j);
            const level = bilinear(pixels[row < 3 ? 0 : 1], y, x);
            // At the very border of the image rounding decides between a level and nothing.
            const isAtBorder = [y, HEIGHT - y, x, WIDTH - x].some((d) => Math.abs(d - 0.5) < 1e-3);
            if (!isAtBorder) t.true(Math.abs(values[at] - level) < 1e-3, `${values[at]} for ${level}`);
            const share = (low: number, high: number, place: number) =>
              Math.min(1, Math.max(0, Math.min(place - low, high - place) + 0.5));
            const inside = share(y1, y2, y) * share(x1, x2, x);
            t.true(Math.abs(values[at + 1] - inside) < 1e-3, `${values[at + 1]} for ${inside}`);
          }
        }
      });
      tf.dispose([given, crops]);
    }),
    {numRuns: 30},
  );
});

test('no gradient flows to image or boxes, and none is missing', (t) => {
  const layer = new RoiCrop({side: 4, window: 8});
  const image = tf.ones([1, HEIGHT, WIDTH, 1]);
  const boxes = tf.tensor3d([[[2, 2, 6, 6]]]);
  const [dImage, dBoxes] = tf.grads((...xs) => tf.sum(layer.call(xs)))([image, boxes]);
  t.is(tf.max(tf.abs(dImage)).dataSync()[0], 0);
  t.is(tf.max(tf.abs(dBoxes)).dataSync()[0], 0);
});

test('sizes and inputs that it cannot take are refused', (t) => {
  t.throws(() => new RoiCrop({side: 1, window: 8}), {name: 'ValueError', message: /`side`/});
  t.throws(() => new RoiCrop({side: 2, window: 0}), {name: 'ValueError', message: /`window`/});
  const layer = new RoiCrop({side: 2, window: 4});
  const boxes = tf.zeros([1, 3, 5]);
  t.throws(() => layer.call([tf.zeros([1, 4, 4, 1]), boxes]), {
    name: 'ValueError',
    message: /boxes \[b, n, 4\]/,
  });
});
