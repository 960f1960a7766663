import test from 'ava';
import {checkLook} from '../../src/report/check_look';

test('accepts a valid setting and width, and refuses unknown options', (t) => {
  t.notThrows(() => checkLook('f', {}));
  t.notThrows(() => checkLook('f', {setting: 'image', width: 0}));
  const wrong: [options: unknown, message: RegExp][] = [
    [null, /`options` to be an object, the options of f/],
    ['x', /`options`/],
    [
      {seting: 'image'},
      /options of f to have known names only\. Received: "seting" \(did you mean "setting"\?\)/,
    ],
    [{setting: 'dark'}, /`setting` to be one of 'standalone', 'inline', 'image'\. Received: "dark"/],
    [{setting: null}, /`setting`/],
    [{width: Number.NaN}, /`width` to be a number in 0 … 100000/],
    [{width: -1}, /`width`/],
    // Its ticks would not fit in an array.
    [{width: 2 ** 53}, /`width`/],
  ];
  for (const [options, message] of wrong) {
    t.throws(() => checkLook('f', options as object), {name: 'ValueError', message});
  }
  const more = {width: 300, lambda: 3};
  t.throws(() => checkLook('f', more), {message: /"lambda"/});
  t.notThrows(() => checkLook('f', more, ['lambda']));
});
