import test from 'ava';
import {fuzzLoads} from './fuzz_loads';

const FILES = 5000;

test(`${FILES} mutated files: each loads or is refused, at once, and leaves nothing behind`, async (t) => {
  const {broken, tried, loaded, refused, slowestMs} = await fuzzLoads(0, FILES);
  t.deepEqual(broken, []);
  t.is(tried, FILES);
  t.true(loaded > FILES / 20 && refused > FILES / 2, `${loaded} loaded, ${refused} refused`);
  t.log(`${loaded} loaded, ${refused} refused, the slowest in ${Math.round(slowestMs)} ms`);
});
