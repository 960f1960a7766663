import test from 'ava';
import {combinePatches} from '../../src/serialization/method';

test('the later of two patches of a method wraps the earlier; others are kept', (t) => {
  const around =
    (name: string) =>
    (original: () => string): (() => string) =>
    () =>
      `${name}(${original()})`;
  const combined = combinePatches(
    {fit: around('inner'), save: around('only')},
    {fit: around('middle')},
    {fit: around('outer')},
  );
  t.is(combined.fit(() => 'fit')(), 'outer(middle(inner(fit)))');
  t.is(combined.save(() => 'save')(), 'only(save)');
});

test('a patch keeps `this` and the arguments', (t) => {
  const {add} = combinePatches(
    {
      add: (original) =>
        function (this: {base: number}, x) {
          return original.call(this, x) * 2;
        },
    },
    {
      add: (original) =>
        function (this: {base: number}, x) {
          return original.call(this, x + 1);
        },
    },
  );
  const method = add(function (this: {base: number}, x: number) {
    return this.base + x;
  });
  t.is(method.call({base: 10}, 1), 24);
});
