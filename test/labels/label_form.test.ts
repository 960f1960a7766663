import test from 'ava';
import fc from 'fast-check';
import {hotForm, integerForm, isIndex, labelForm} from '../../src/labels/label_form';

const shapes = fc.record({
  lead: fc.array(fc.integer({min: 0, max: 3}), {minLength: 1, maxLength: 3}),
  classes: fc.integer({min: 2, max: 5}),
});

test('the form follows from the shapes', (t) => {
  fc.assert(
    fc.property(shapes, ({lead, classes}) => {
      const prediction = [...lead, classes];
      t.is(labelForm(prediction, prediction), 'multiHot');
      t.is(labelForm([...lead, classes + 1], prediction), 'multiHotWithBackground');
      t.is(labelForm(lead, prediction), 'index');
      t.is(labelForm([...lead, 1], prediction), 'index');
    }),
    {numRuns: 50},
  );
});

test("if two forms fit, the predictions' own shape takes precedence", (t) => {
  t.is(labelForm([4, 1], [4, 1]), 'multiHot');
  t.is(labelForm([4, 2], [4, 1]), 'multiHotWithBackground');
});

test('one logit has no integers: [batch] and [batch, 1] are 1 for a positive and 0 for a negative', (t) => {
  for (const lead of [[4], [1], [0], [2, 3], [2, 1], [1, 1]]) {
    t.is(labelForm(lead, [...lead, 1]), 'multiHot');
    t.is(labelForm([...lead, 1], [...lead, 1]), 'multiHot');
    t.is(labelForm([...lead, 2], [...lead, 1]), 'multiHotWithBackground');
  }
  t.throws(() => labelForm([3], [4, 1]), {
    name: 'ValueError',
    message:
      'Expected `yTrue` to be a tensor of shape [4] or [4,1] (1 = positive, 0 = negative) or [4,2] (last column ' +
      'background). Received: tensor of shape [3]',
  });
});

test('integers are an index except with one class, and range up to C', (t) => {
  t.is(integerForm(1), 'multiHot');
  t.is(integerForm(2), 'index');
  t.true([0, 2].every((label) => isIndex(label, 3, false)));
  t.true(isIndex(3, 3, true));
  t.false([-1, 3, 0.5, Number.NaN].some((label) => isIndex(label, 3, false)));
  t.false(isIndex(4, 3, true));
});

test('a row of C values is multi-hot, one of C + 1 ends with background', (t) => {
  t.is(hotForm(3, 3), 'multiHot');
  t.is(hotForm(4, 3), 'multiHotWithBackground');
  t.is(hotForm(2, 3), undefined);
  t.is(hotForm(2, 1), 'multiHotWithBackground');
});

test('shapes that fit no form are reported, with those that would fit', (t) => {
  for (const shape of [[], [3], [2, 2], [2, 5], [3, 3], [2, 3, 1], [2, 1, 1], [1, 2]]) {
    t.throws(() => labelForm(shape, [2, 3]), {
      name: 'ValueError',
      message:
        'Expected `yTrue` to be a tensor of shape [2,3] (multi-hot), [2,4] (last column background) or [2] ' +
        `(integers, 3 = background). Received: tensor of shape [${shape.join(', ')}]`,
    });
  }
  for (const [shape, what] of [
    [[2, 4], 'labels without a background column,'],
    [[3], 'a tensor of shape'],
    [[2, 5], 'a tensor of shape'],
  ] as const) {
    t.throws(() => labelForm(shape, [2, 3], false), {
      name: 'ValueError',
      message: `Expected \`yTrue\` to be ${what} [2,3] (one-hot or soft) or [2] (integers in 0 … 2). Received: tensor of shape [${shape.join(', ')}]`,
    });
  }
  t.throws(() => labelForm([3], [2, 1], false), {message: /\[2\] \(integers in 0 … 1\)/});
  for (const shape of [[2, 3], [2], [2, 1]]) t.is(labelForm(shape, [2, 3], false), labelForm(shape, [2, 3]));
  for (const shape of [[], [3]]) {
    t.throws(() => labelForm(shape, shape), {
      name: 'ValueError',
      message: `Expected \`yTrue\` to be given with a yPred of shape [batch, …, classes], not [${shape}]. Received: tensor of shape [${shape.join(', ')}]`,
    });
  }
});
