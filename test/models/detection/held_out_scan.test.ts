import test from 'ava';
import {PAGE_HEIGHT, PAGE_WIDTH} from '../../../models/detection/data/grey_page';
import {heldOutScan} from '../../../models/detection/held_out_scan';

test('every model sees the same scan and proposals of a page', (t) => {
  const ink = Uint8Array.from({length: PAGE_HEIGHT * PAGE_WIDTH}, (_, i) =>
    i % 640 < 40 && i % 8 < 5 ? 250 : 10,
  );
  const page = {ink, boxes: new Float64Array(0), labels: new Int32Array(0)};
  const first = heldOutScan(page, 3);
  t.deepEqual(heldOutScan(page, 3), first);
  t.notDeepEqual(heldOutScan(page, 4).scan, first.scan);
});
