import '@tensorflow/tfjs';
import test from 'ava';
import {scanPage} from '../../../../models/detection/data/grey_page';
import {heldOutPages} from '../../../../models/detection/data/page_set';
import {propose} from '../../../../models/detection/data/proposals';
import {Random} from '../../../../src/core/random';
import {boxIoU} from '../../../../src/detection';

test('four in five characters have a proposal, of typefaces that training never saw', (t) => {
  let characters = 0;
  let found = 0;
  for (const [p, page] of heldOutPages('validation', 1).slice(0, 4).entries()) {
    const random = new Random(p);
    const proposals = propose(scanPage(page, random), random);
    t.true(proposals.length / 4 < 2000, `${proposals.length / 4} proposals`);
    const ious = boxIoU(page.boxes, proposals).arraySync();
    characters += ious.length;
    found += ious.filter((row) => Math.max(...row) >= 0.5).length;
  }
  t.true(found > 0.8 * characters, `${found} of ${characters}`);
});

test('the same seed proposes the same; blank paper has little to propose', (t) => {
  const [page] = heldOutPages('validation', 1);
  const proposed = (seed: number) => propose(scanPage(page, new Random(1)), new Random(seed));
  t.deepEqual(proposed(1), proposed(1));
  t.notDeepEqual(proposed(1), proposed(2));
  const blank = {...page, ink: new Uint8Array(page.ink.length)};
  const {length} = propose(scanPage(blank, new Random(1)), new Random(1));
  t.true(length < proposed(1).length);
});
