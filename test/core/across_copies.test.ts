import test from 'ava';
import {acrossCopies, enterProcess} from '../../src/core/across_copies';
import {VERSION} from '../../src/core/version';

function copies() {
  class First {}
  class Second {}
  acrossCopies(First, 'test.Thing');
  acrossCopies(Second, 'test.Thing');
  return {First, Second};
}

test('instances of one copy are instances of the other', (t) => {
  const {First, Second} = copies();
  for (const cls of [First, Second]) {
    for (const other of [First, Second]) {
      t.true(new cls() instanceof other);
      t.true(new (class extends cls {})() instanceof other, 'of subclasses too');
      t.true(class extends cls {}.prototype instanceof other, 'as instanceof is asked of classes');
    }
  }
});

test('no other object is one', (t) => {
  const {First, Second} = copies();
  class Another {}
  acrossCopies(Another, 'test.Another');
  const others = [new Another(), {}, [], () => {}, null, undefined, 3, 'First', Object.create(null), First];
  for (const value of others) t.false((value as object) instanceof First);
  t.false(First.prototype instanceof First, 'as instanceof has it');
  t.false(Second.prototype instanceof First);
});

test('subclasses are told apart', (t) => {
  const {First} = copies();
  class Sub extends First {}
  class Other extends First {}
  t.true(new Sub() instanceof Sub);
  t.false(new First() instanceof Sub);
  t.false(new Other() instanceof Sub);
});

test.serial('others have to match the first copy of a process', (t) => {
  t.notThrows(() => enterProcess(false, {version: VERSION, at: 'here'}));
  t.notThrows(() => enterProcess(true, {version: VERSION, at: 'there'}));
  t.throws(() => enterProcess(true, {version: '7.0.0', at: 'elsewhere'}), {
    name: 'ValueError',
    message: new RegExp(`^Two versions of tfjs-longtail .*: ${VERSION} .* and now 7\\.0\\.0 \\(elsewhere\\)`),
  });
});

test.serial('if TensorFlow.js is hooked and no copy is registered, it was an older version', (t) => {
  const key = Symbol.for('tfjs-longtail.copy');
  const before = Reflect.get(globalThis, key);
  t.teardown(() => Reflect.set(globalThis, key, before));
  Reflect.deleteProperty(globalThis, key);
  t.throws(() => enterProcess(true), {message: /: 0\.1\.0 or older \(another file\) is loaded, and now/});
});
