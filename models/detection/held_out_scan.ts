import {Random} from '../../src/core/random';
import {type GreyPage, scanPage} from './data/grey_page';
import {propose} from './data/proposals';

/** The scan and the proposals of held-out page `at`: the same for every model. */
export function heldOutScan(page: GreyPage, at: number): {scan: Float32Array; proposals: Float64Array} {
  const random = Random.of(0, 'held out', at);
  const scan = scanPage(page, random);
  return {scan, proposals: propose(scan, random)};
}
