import test from 'ava';
import fc from 'fast-check';
import type {ElementSource} from '../../../src/frequency';
import {countFirstPass} from '../../../src/frequency/reading/first_pass';

/** A dataset of 0 … length − 1 whose elements arrive after `delays[i]` turns of the event loop. */
function source(length: number, delays: number[] = []): ElementSource {
  return {
    size: length,
    async iterator() {
      let calls = 0;
      return {
        async next() {
          const i = calls++;
          for (let turn = 0; turn < (delays[i] ?? 0); ++turn) await undefined;
          return i < length ? {value: i, done: false} : {value: null, done: true};
        },
      };
    },
  };
}

function counting(dataset: ElementSource) {
  const counted: unknown[] = [];
  return {counted, observed: countFirstPass(dataset, (element) => void counted.push(element))};
}

test('property: whatever passes are abandoned, each element is counted once', async (t) => {
  const passes = fc.array(fc.nat({max: 12}), {maxLength: 6});
  await fc.assert(
    fc.asyncProperty(fc.nat({max: 8}), passes, async (length, takes) => {
      const {counted, observed} = counting(source(length));
      for (const take of takes) {
        const iterator = await observed.iterator();
        for (let i = 0; i < take; ++i) await iterator.next();
      }
      const furthest = Math.min(length, Math.max(0, ...takes));
      t.deepEqual(
        counted,
        Array.from({length: furthest}, (_, i) => i),
      );
    }),
  );
});

test('property: prefetching out of order over several concurrent iterators counts each element once', async (t) => {
  const delays = fc.array(fc.nat({max: 6}), {minLength: 8, maxLength: 8});
  await fc.assert(
    fc.asyncProperty(delays, fc.integer({min: 1, max: 3}), async (turns, numIterators) => {
      const {counted, observed} = counting(source(7, turns));
      const pass = async () => {
        const iterator = await observed.iterator();
        await Promise.all(Array.from({length: 10}, () => iterator.next()));
      };
      await Promise.all(Array.from({length: numIterators}, pass));
      t.deepEqual(counted.sort(), [0, 1, 2, 3, 4, 5, 6]);
    }),
  );
});

test('once a pass has ended, a longer one adds nothing', async (t) => {
  let length = 3;
  const growing: ElementSource = {iterator: () => source(length++).iterator()};
  const {counted, observed} = counting(growing);
  for (let epoch = 0; epoch < 3; ++epoch) {
    const iterator = await observed.iterator();
    while (!(await iterator.next()).done);
  }
  t.deepEqual(counted, [0, 1, 2]);
});

test('a stream, which has one iterator for all passes, is counted to its end', async (t) => {
  const iterator = await source(6).iterator();
  const {counted, observed} = counting({iterator: async () => iterator});
  for (let pass = 0; pass < 3; ++pass) {
    const again = await observed.iterator();
    for (let i = 0; i < 2; ++i) await again.next();
  }
  t.deepEqual(counted, [0, 1, 2, 3, 4, 5]);
});

test('an element whose counting fails is left to the next pass, and later ones are not counted again', async (t) => {
  let failures = 2;
  const counted: unknown[] = [];
  const observed = countFirstPass(source(3), async (element) => {
    if (element === 0 && failures-- > 0) throw new Error('cannot count');
    counted.push(element);
  });
  for (let pass = 0; pass < 2; ++pass) {
    const iterator = await observed.iterator();
    await t.throwsAsync(iterator.next(), {message: 'cannot count'});
    await iterator.next();
    await iterator.next();
    t.deepEqual(counted, [1, 2]);
  }
  const third = await observed.iterator();
  while (!(await third.next()).done);
  t.deepEqual(counted, [1, 2, 0]);
});

test('an error of the dataset is passed on, and so are its elements, untouched', async (t) => {
  const element = {xs: 1};
  const results = [Promise.resolve({value: element, done: false}), Promise.reject(new Error('no such file'))];
  const {observed} = counting({iterator: async () => ({next: () => results.shift() as never})});
  const iterator = await observed.iterator();
  t.is((await iterator.next()).value, element);
  await t.throwsAsync(iterator.next(), {message: 'no such file'});
});

test('everything but the iteration is inherited, on both levels', async (t) => {
  class Source {
    size = 2;
    async iterator() {
      return new Items();
    }
    doubled() {
      return this.size * 2;
    }
  }
  class Items {
    private i = 0;
    async next() {
      return this.i < 2 ? {value: this.i++, done: false} : {value: null, done: true};
    }
    async both() {
      return [(await this.next()).value, (await this.next()).value];
    }
  }
  const counted: unknown[] = [];
  const observed = countFirstPass(new Source() as never, (element) => void counted.push(element)) as Source;
  t.true(observed instanceof Source);
  t.is(observed.doubled(), 4);
  const iterator = await observed.iterator();
  t.true(iterator instanceof Items);
  t.deepEqual(await iterator.both(), [0, 1]);
  t.deepEqual(counted, [0, 1]);
});
