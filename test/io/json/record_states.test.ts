import test from 'ava';
import {EXPECTED, NEXT, STARTS} from '../../../src/io/json/record_states';

const ASCII = Array.from({length: 128}, (_, byte) => String.fromCharCode(byte));

test('every state but the last leads on; no structural character starts a value', (t) => {
  for (const state of Object.keys(EXPECTED) as (keyof typeof EXPECTED)[]) {
    const starts = ASCII.filter((character) => STARTS[state]?.test(character));
    const leads = ASCII.filter((character) => NEXT[state][character] !== undefined);
    t.is(starts.length + leads.length === 0, state === 'end', state);
    // An array as the value of a key is read element by element.
    t.deepEqual(
      starts.filter((character) => leads.includes(character)),
      state === 'value' ? ['['] : [],
      state,
    );
  }
});
