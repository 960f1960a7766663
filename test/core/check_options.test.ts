import test from 'ava';
import fc from 'fast-check';
import {checkOptions, nearestOf} from '../../src/core/check_options';
import {ValueError} from '../../src/core/errors';

const KNOWN = ['lambda', 'freqInfo', 'gamma', 'seed'];

test('accepts options of known names, and none', (t) => {
  t.notThrows(() => checkOptions('L', {lambda: 1, seed: undefined}, KNOWN));
  t.notThrows(() => checkOptions('L', {}, KNOWN));
});

test('names an unknown option and the nearest known one', (t) => {
  t.throws(() => checkOptions('EqualizationLoss', {gama: 0.3}, KNOWN), {
    instanceOf: ValueError,
    message:
      'Expected the options of EqualizationLoss to have known names only. Received: "gama" (did you mean "gamma"?)',
  });
});

test('lists the known options if none is near', (t) => {
  t.throws(() => checkOptions('L', {reduction: 'sum'}, KNOWN), {
    message: /"reduction" \(known: lambda, freqInfo/,
  });
});

test('shows the hint for an option instead of a known name', (t) => {
  const hints = {gama: 'there is none here'};
  t.throws(() => checkOptions('L', {gama: 0.3}, KNOWN, hints), {
    message: 'Expected the options of L to have known names only. Received: "gama" (there is none here)',
  });
  t.throws(() => checkOptions('L', {sed: 3}, KNOWN, hints), {message: /did you mean "seed"/});
  t.throws(() => checkOptions('L', {toString: 3}, KNOWN, hints), {message: /"toString" \(known: /});
});

test('throws for anything but an object', (t) => {
  for (const options of [undefined, null, 3, 'lambda']) {
    t.throws(() => checkOptions('L', options, KNOWN), {message: /^Expected `options` to be an object/});
  }
});

test('finds the known name after one letter was omitted, added or changed', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KNOWN),
      fc.nat(),
      fc.constantFrom('left out', 'added', 'changed'),
      (name, place, edit) => {
        const at = place % name.length;
        const letter = edit === 'left out' ? '' : 'q';
        const misspelled = name.slice(0, at) + letter + name.slice(edit === 'added' ? at : at + 1);
        t.is(nearestOf(misspelled, KNOWN), name);
      },
    ),
  );
});
