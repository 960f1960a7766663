import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {RecordScanner} from '../../../src/io/json/record_scanner';

/** Reads a text in chunks of `chunkSize` bytes, and reassembles the object. */
function read(text: string | Buffer, chunkSize: number, omits?: string): Map<string, unknown> {
  const bytes = Buffer.from(text as string);
  const found = new Map<string, unknown>();
  let current = '';
  const scanner = new RecordScanner('file.json', {
    omits,
    key: (key, isArray) => {
      current = key;
      found.set(key, isArray ? [] : undefined);
    },
    record: (value, index) => {
      const holder = found.get(current);
      // An array as value is never record 0 itself.
      if (holder === undefined) found.set(current, value);
      else if ((holder as unknown[]).push(value) !== index + 1) throw new Error(`index ${index}`);
    },
  });
  for (let at = 0; at < bytes.length; at += chunkSize) scanner.write(bytes.subarray(at, at + chunkSize));
  scanner.end();
  return found;
}

const messageOf = (text: string | Buffer, chunkSize: number, omits?: string): string | undefined => {
  try {
    read(text, chunkSize, omits);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

const values = fc.jsonValue({depthSize: 'small', stringUnit: 'binary'});
const objects = fc.dictionary(fc.string({unit: 'binary'}), fc.oneof(fc.array(values), values));
const chunkSizes = fc.integer({min: 1, max: 40});

/** JSON with some escaped characters and random whitespace around structure. */
const texts = fc
  .tuple(objects, fc.constantFrom(undefined, 1, '\t', ' \r\n'), fc.boolean())
  .map(([object, space, escapes]) => {
    const text = JSON.stringify(object, null, space);
    return escapes
      ? text.replace(/[^\x20-\x7f\s]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : text;
  });

const isWellFormed = (text: string) => Buffer.from(text).toString() === text;

test('chunks of any size give the same as JSON.parse', (t) => {
  fc.assert(
    fc.property(texts, chunkSizes, (text, chunkSize) => {
      // Lone surrogates have no UTF-8 encoding.
      fc.pre(isWellFormed(text));
      const found = read(text, chunkSize);
      const expected = JSON.parse(text);
      t.deepEqual([...found.keys()].sort(), Object.keys(expected).sort());
      for (const [key, value] of found) t.true(isDeepStrictEqual(value, expected[key]), text);
    }),
    {numRuns: 200},
  );
});

test('refuses an altered text exactly if JSON.parse does, whatever the chunks', (t) => {
  const bytes = fc.constantFrom(...'{}[]",:\\ 0-.eEtnu\n\u0001', 'a');
  const edits = fc.tuple(fc.nat(), fc.constantFrom(0, 1), bytes);
  let refused = 0;
  fc.assert(
    fc.property(texts, fc.array(edits, {minLength: 1, maxLength: 2}), chunkSizes, (text, made, chunkSize) => {
      fc.pre(isWellFormed(text));
      const edited = made.reduce((now, [at, drop, put]) => {
        const place = at % (now.length + 1);
        return now.slice(0, place) + put + now.slice(place + drop);
      }, text);
      fc.pre(isWellFormed(edited));
      let parsed: unknown;
      try {
        parsed = JSON.parse(edited);
      } catch {}
      const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
      const message = messageOf(edited, chunkSize);
      if (message?.includes('does not have yet')) return;
      t.is(message === undefined, isObject, `${edited}: ${message}`);
      t.is(messageOf(edited, 1e6), message, 'in one chunk');
      refused += Number(message !== undefined);
    }),
    {numRuns: 300},
  );
  t.true(refused > 50, `${refused}`);
});

test('refuses every proper prefix of a text at its end', (t) => {
  const text = '{"a": [1.5, {"b": "\\u00e9\\n"}, [true, null]], "c": -2e3, "d": {}, "e": "x"}';
  for (let length = 0; length < text.length; ++length) {
    for (const chunkSize of [1, 7, 100]) {
      const message = messageOf(text.slice(0, length), chunkSize)!;
      t.regex(message, new RegExp(`at byte ${length}[^0-9].*Received: the end of the file$`));
    }
  }
});

test('errors name the byte and the record', (t) => {
  const cases: [string, RegExp][] = [
    ['', /`file.json` to have an object at byte 0\. Received: the end/],
    ['[]', /an object at byte 0\. Received: "\["/],
    ['{"a" 1}', /have : at byte 5, in or after a\. Received: "1"/],
    ['{"a": [{"b": 1}, {"b": ]}]}', /valid JSON at byte 23, in a\[1\]\. Received: "\]"/],
    ['{"a": [1, 2 3]}', /, or \] at byte 12, in or after a\. Received: "3"/],
    ['{"a": [1, ]}', /a value at byte 10, in a\[1\]\. Received: "\]"/],
    ['{"a": tru}', /rest of a value at byte 9, in or after a\. Received: "}"/],
    ['{"a": "\n"}', /valid JSON at byte 7, in or after a\. Received: byte 0x0a/],
    ['{"a": 1} {', /nothing more at byte 9\. Received: "{"/],
    ['{"é": [1x]}', /valid JSON at byte 9, in é\[0\]\. Received: "x"/],
    ['{"a": 1, "a": 2}', /a key that the object does not have yet at byte 9.*Received: "a"/],
  ];
  for (const [text, message] of cases) {
    for (const chunkSize of [1, 3, 1000]) {
      t.throws(() => read(text, chunkSize), {name: 'ValueError', message}, text);
    }
  }
});

test('may replace unneeded numbers by 0, but still checks the text', (t) => {
  const polygons = fc.array(fc.array(fc.oneof(fc.integer(), fc.constant('x'))));
  const records = fc.array(
    fc.record({'a"p': fc.constant([1]), p: polygons, b: polygons, é: fc.constant('"p":[1]')}),
  );
  const texts = fc.tuple(records, fc.constantFrom(undefined, 1));
  fc.assert(
    fc.property(texts, chunkSizes, fc.nat(), ([made, space], chunkSize, edit) => {
      const text = JSON.stringify({made}, null, space);
      for (const size of [chunkSize, 1e6]) {
        const found = read(text, size, 'p').get('made') as typeof made;
        t.is(found.length, made.length);
        found.forEach(({p, ...others}, i) => {
          if ((p as unknown) !== 0) t.deepEqual(p, made[i].p);
          else t.false(JSON.stringify(made[i].p).includes('x'));
          t.deepEqual(others, JSON.parse(JSON.stringify({...made[i], p: undefined})));
        });
        const without = text.slice(0, edit % text.length) + text.slice((edit % text.length) + 1);
        t.is(messageOf(without, size, 'p'), messageOf(without, size));
      }
    }),
  );
  t.deepEqual(read('{"a": [{"p": [[1, 2.5e3], []], "q": 3}]}', 100, 'p').get('a'), [{p: 0, q: 3}]);
});

test('refuses invalid UTF-8 instead of replacing it', (t) => {
  const bytes = Buffer.concat([Buffer.from('{"a": ["é'), Buffer.from([0xff]), Buffer.from('"]}')]);
  for (const chunkSize of [1, 9, 100]) {
    t.throws(() => read(bytes, chunkSize), {message: /UTF-8 at byte 10, in a\[0\]\. Received: byte 0xff/});
  }
});

test('a bracket that is never closed does not fill memory', (t) => {
  const scanner = new RecordScanner('file.json', {key: () => {}, record: () => {}}, 1000);
  scanner.write(Buffer.from('{"a": [[0'));
  const numbers = Buffer.from(',1'.repeat(100));
  const message = /the rest of a value at byte 1009, in a\[0\]\. Received: more than 1000 bytes/;
  t.throws(() => Array.from({length: 6}, () => scanner.write(numbers)), {name: 'ValueError', message});
});
