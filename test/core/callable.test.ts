import test from 'ava';
import {callableInstance} from '../../src/core/callable';

class Adder {
  constructor(public offset: number) {
    const self: Adder = callableInstance(new.target, 'adder', (x: number) => self.add(x));
    self.offset = offset;
    // biome-ignore lint/correctness/noConstructorReturn: the callable stands in for the instance
    return self;
  }
  add(x: number): number {
    return x + this.offset;
  }
}

class Doubler extends Adder {
  // A field and an override of the subclass must end up on the callable as well.
  factor = 2;
  override add(x: number): number {
    return super.add(x) * this.factor;
  }
}

test('a call goes to the instance that the function represents', (t) => {
  const [one, two] = [new Adder(1), new Adder(2)] as unknown as Array<(x: number) => number>;
  t.is(one(10), 11);
  t.is(two(10), 12);
});

test('it is a function by type and an instance by class', (t) => {
  const adder = new Adder(1);
  t.is(typeof adder, 'function');
  t.true(adder instanceof Adder);
  t.false(adder instanceof Doubler);
  t.is(adder.constructor, Adder);
  t.is(adder.add(1), 2);
});

test("its name is the given one, and can be reassigned, as a function's can", (t) => {
  const named = new Adder(1) as unknown as {name: string};
  t.is(named.name, 'adder');
  Object.defineProperty(named, 'name', {value: 'other', configurable: true});
  t.is(named.name, 'other');
});

test('subclasses keep their fields and overrides', (t) => {
  const doubler = new Doubler(1) as unknown as Doubler & ((x: number) => number);
  t.true(doubler instanceof Doubler && doubler instanceof Adder);
  t.is(doubler(10), 22);
  doubler.factor = 3;
  t.is(doubler(10), 33);
});

test('a constructor may assign name and length, and so may the holder of an instance', (t) => {
  class Named extends Adder {
    declare name: string;
    declare length: number;
    constructor(name: string, length: number) {
      super(1);
      this.name = name;
      this.length = length;
    }
  }
  const named = new Named('mine', 7);
  t.is(named.name, 'mine');
  t.is(named.length, 7);
  t.is((named as unknown as (x: number) => number)(10), 11);
  named.name = 'other';
  t.is(named.name, 'other');
  t.deepEqual(Object.keys(named), ['offset'], 'neither is enumerable');
});

test('a class field called name or length keeps working', (t) => {
  class Fields extends Adder {
    name = 'field';
    length = 3;
  }
  const {name, length} = new Fields(1);
  t.deepEqual([name, length], ['field', 3]);
});

test('a name or length that is never assigned is unchanged', (t) => {
  const adder = new Adder(1) as unknown as {name: string; length: number};
  t.deepEqual([adder.name, adder.length], ['adder', 1]);
});

test('accessors of a class, or of one that it extends, take precedence', (t) => {
  class Got extends Adder {
    given?: string;
    get name(): string {
      return this.given ?? `adds ${this.offset}`;
    }
    set name(name: string) {
      this.given = `set ${name}`;
    }
    get length(): number {
      return 5;
    }
  }
  class Sub extends Got {
    constructor() {
      super(2);
      this.name = 'later';
    }
  }
  const got = new Got(1);
  t.deepEqual([got.name, got.length], ['adds 1', 5]);
  t.is((got as unknown as (x: number) => number)(10), 11);
  t.deepEqual([new Sub().name, new Sub().length], ['set later', 5]);
});

test('a method called name is not a name', (t) => {
  const adder = callableInstance<{name: unknown}>({prototype: {name: () => 0}}, 'adder', () => 0);
  t.is(adder.name, 'adder');
});
