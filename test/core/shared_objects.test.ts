import test from 'ava';
import fc from 'fast-check';
import {markShared, readingShared, readShared, withoutMark, writeShared} from '../../src/core/shared_objects';

class Box {
  constructor(readonly value: unknown) {}
  toJSON(): object {
    return markShared(this, {value: this.value});
  }
  static fromJSON(json: object): Box {
    return readShared(json, Box, ({value}: {value: unknown}) => new Box(value));
  }
}
const tagged = (box: Box) => markShared(box, {class_name: 'Box', config: withoutMark(box.toJSON())});
const writtenAndRead = <T>(json: T): T => JSON.parse(JSON.stringify(json));

test('outside a save, JSON is complete and has no marks, however often it is requested', (t) => {
  const box = new Box(3);
  t.deepEqual([box.toJSON(), box.toJSON()], [{value: 3}, {value: 3}]);
  writeShared(() => box.toJSON());
  t.deepEqual(tagged(box), {class_name: 'Box', config: {value: 3}});
});

test('an object that occurs once has no mark; one that recurs as {class_name, config} is a reference', (t) => {
  const [once, twice] = [new Box(1), new Box(2)];
  const json = writeShared(() => ({a: tagged(once), b: [tagged(twice), {c: tagged(twice)}]}));
  t.deepEqual(json, {
    a: {class_name: 'Box', config: {value: 1}},
    b: [{class_name: 'Box', config: {value: 2}, longtail_id: 2}, {c: {class_name: 'Box', longtail_id: 2}}],
  } as never);
});

test('a bare configuration stays complete, as anyone may read it', (t) => {
  const box = new Box([7]);
  const json = writeShared(() => [box.toJSON(), box.toJSON()]);
  t.deepEqual(json, [
    {value: [7], longtail_id: 1},
    {value: [7], longtail_id: 1},
  ] as never);
});

test('a configuration that was changed in between denotes a separate object', (t) => {
  const box = new Box(1);
  const json = writeShared(() => [box.toJSON(), {...box.toJSON(), value: 2}]);
  t.deepEqual(json, [{value: 1}, {value: 2}] as never);
});

test('so does one whose state has changed, and a reference omits the state', (t) => {
  const box = new Box(1);
  const moved = (step: number) => markShared(box, {class_name: 'Box', config: {value: 1}, state: {step}});
  const [first, second] = writeShared(() => [moved(1), moved(2)]);
  t.deepEqual(first, moved(1));
  t.deepEqual(second, moved(2));
  const again = writeShared(() => [moved(1), moved(1)]);
  t.deepEqual(again[1], {class_name: 'Box', longtail_id: 1} as never);
  const [read, reference] = readingShared(again, () =>
    again.map((json) => readShared(json, Box, (config, state) => new Box([config, state]))),
  );
  t.is(read, reference);
  t.deepEqual(read.value, [{value: 1}, {step: 1}]);
});

test('a reference is resolved wherever its configuration is, also after it or nested', (t) => {
  const json = [{class_name: 'Box', longtail_id: 4}, {inner: [{value: 9, longtail_id: 4}]}];
  const [a, b] = readingShared(json, () => [
    Box.fromJSON(json[0]),
    Box.fromJSON((json[1].inner as object[])[0]),
  ]);
  t.is(a, b);
  t.is(a.value, 9);
});

test('each load has its own objects', (t) => {
  const json = [{value: 1, longtail_id: 1}];
  const load = () => readingShared(json, () => Box.fromJSON(json[0]));
  t.not(load(), load());
  t.not(Box.fromJSON(json[0]), Box.fromJSON(json[0]));
  t.throws(
    () =>
      readingShared(json, () => {
        throw new Error('stopped');
      }),
    {message: 'stopped'},
  );
  t.not(Box.fromJSON(json[0]), Box.fromJSON(json[0]), 'after a failure too');
});

test('a mark read as another class gives that class', (t) => {
  class Other extends Box {}
  const json = {value: 1, longtail_id: 1};
  const [box, other] = readingShared(json, () => [
    Box.fromJSON(json),
    readShared(json, Other, ({value}: {value: unknown}) => new Other(value)),
  ]);
  t.true(other instanceof Other);
  t.not(box as unknown, other);
});

test('a reference to nothing is rejected', (t) => {
  const json = {class_name: 'Box', longtail_id: 8};
  for (const read of [() => Box.fromJSON(json), () => readingShared(json, () => Box.fromJSON(json))])
    t.throws(read, {name: 'ValueError', message: /`longtail_id`.*Received: 8/});
});

test('property: which of many are one object survives, in whichever form they are written', (t) => {
  const place = fc.record({box: fc.nat(4), bare: fc.boolean()});
  fc.assert(
    fc.property(fc.array(place), fc.array(fc.jsonValue(), {minLength: 5, maxLength: 5}), (places, values) => {
      const boxes = values.map((value) => new Box(value));
      const written = writtenAndRead(
        writeShared(() => places.map(({box, bare}) => (bare ? boxes[box].toJSON() : tagged(boxes[box])))),
      );
      const read = readingShared(written, () => written.map((json) => Box.fromJSON(json)));
      for (const [i, box] of read.entries()) {
        t.deepEqual(box.value, writtenAndRead(boxes[places[i].box].value));
        for (const [j, other] of read.entries()) t.is(box === other, places[i].box === places[j].box);
      }
    }),
    {numRuns: 50},
  );
});
