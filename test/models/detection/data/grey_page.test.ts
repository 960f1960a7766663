import test from 'ava';
import {greyPage, PAGE_HEIGHT, PAGE_WIDTH, scanPage} from '../../../../models/detection/data/grey_page';
import {FACES} from '../../../../models/moby-dick/data/faces';
import {Random} from '../../../../src/core/random';

const lines = ['Call me, Ishmael!', 'Some years ago', 'never mind how long'];
const classes = [...new Set(lines.join('').replaceAll(' ', ''))].filter((c) => c !== 'g');

test('boxes hold the ink of their characters, and all ink is in a box', (t) => {
  for (let seed = 1; seed <= 6; ++seed) {
    const {ink, boxes, labels} = greyPage(
      {lines, classes: [...classes, 'g']},
      [0, 1, 2],
      FACES.training,
      new Random(seed),
    );
    t.is(labels.length, lines.join('').replaceAll(' ', '').length);
    t.is(boxes.length, 4 * labels.length);
    const inside = new Uint8Array(ink.length);
    for (let k = 0; k < labels.length; ++k) {
      const [y1, x1, y2, x2] = boxes.subarray(4 * k, 4 * k + 4);
      t.true(y1 < y2 && x1 < x2 && y1 >= 0 && x1 >= 0 && y2 <= PAGE_HEIGHT && x2 <= PAGE_WIDTH);
      let darkest = 0;
      for (let y = Math.floor(y1) - 1; y <= y2 + 1; ++y) {
        for (let x = Math.floor(x1) - 1; x <= x2 + 1; ++x) {
          inside[y * PAGE_WIDTH + x] = 1;
          darkest = Math.max(darkest, ink[y * PAGE_WIDTH + x]);
        }
      }
      t.true(darkest > 80, `${darkest} in a box of seed ${seed}`);
    }
    const outside = ink.filter((level, i) => !inside[i] && level > 150).length;
    t.true(outside < 10, `${outside} dark pixels outside of boxes`);
  }
});

test('characters that are no class have no box; the same seed sets the same page', (t) => {
  const page = () => greyPage({lines, classes}, [0, 1, 2], FACES.training, new Random(4));
  const {labels, ink} = page();
  t.is(labels.length, lines.join('').replaceAll(/[ g]/g, '').length);
  t.deepEqual(page().ink, ink);
});

test('a scan is paler and noisy, in 0 … 1, and another one for another seed', (t) => {
  const page = greyPage({lines, classes}, [0, 1, 2], FACES.training, new Random(4));
  const scan = scanPage(page, new Random(1));
  t.is(scan.length, page.ink.length);
  t.true(scan.every((level) => level >= 0 && level <= 1));
  t.deepEqual(scanPage(page, new Random(1)), scan);
  t.notDeepEqual(scanPage(page, new Random(2)), scan);
});
