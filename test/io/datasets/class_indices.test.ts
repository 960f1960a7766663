import test from 'ava';
import {checkClassNames, classIndices} from '../../../src/io/datasets/class_indices';

const nameOf = (i: number) => `row ${i + 1}`;

test('labels become indices in classNames, or among their own names', (t) => {
  const {classNames, labels} = classIndices(['owl', 'cat', 'owl'], undefined, nameOf);
  t.deepEqual(
    [classNames, [...labels]],
    [
      ['cat', 'owl'],
      [1, 0, 1],
    ],
  );
  t.deepEqual([...classIndices(['owl', 'cat'], ['yak', 'owl', 'cat'], nameOf).labels], [1, 2]);
});

test('refuses classNames that are not two or more distinct strings', (t) => {
  const refused = (classNames: unknown, message: RegExp) =>
    t.throws(() => checkClassNames(classNames), {name: 'ValueError', message});
  const wanted = 'Expected `classNames` to be the names of two classes or more, each once\\. Received: ';
  refused(['cat', 'owl', 'cat'], new RegExp(`^${wanted}"cat" twice$`));
  for (const names of [['cat'], [], 'cat', ['cat', 1], undefined]) refused(names, new RegExp(`^${wanted}`));
  t.true(Object.isFrozen(checkClassNames(['cat', 'owl'])));
});

test('refuses a label outside classNames, naming its row and the nearest name', (t) => {
  const refused = (label: string, message: RegExp) =>
    t.throws(() => classIndices(['cat', label], ['cat', 'owl'], nameOf), {name: 'ValueError', message});
  refused(
    'Owl',
    /^Expected labels that `classNames` has\. Received: "Owl" \(row 2\) \(did you mean "owl"\?\)$/,
  );
  refused('elephant', /^Expected labels that `classNames` has\. Received: "elephant" \(row 2\)$/);
});
