import {fuzz} from '../helpers/fuzz';
import {check} from './harness/check';

const BATCHES = 10_000;

check(`${BATCHES} batches of any shape, labels and draws agree with float64`, () => {
  for (let seed = 0; seed < BATCHES; ++seed) {
    const wrong = fuzz(seed);
    if (wrong) throw new Error(wrong);
  }
});
