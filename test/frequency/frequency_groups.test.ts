import test from 'ava';
import fc from 'fast-check';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  type FrequencyGroup,
  frequencyGroups,
  type GroupBounds,
  IMAGENET_LT_GROUPS,
  LVIS_GROUPS,
  QUANTILE_GROUPS,
} from '../../src/frequency';
import {lvisCategories} from './lvis';

const freqInfo = new ClassFrequency({imageCounts: [100, 1, 0, 101, 10, 11, 5000, 19, 20], numImages: 5000});

test('LVIS groups are the default: rare to 10, common to 100, frequent above', (t) => {
  const groups = frequencyGroups(freqInfo);
  t.deepEqual(groups.names, ['rare', 'common', 'frequent']);
  t.deepEqual(groups.groupOf, Int32Array.of(1, 0, 0, 2, 0, 1, 2, 1, 1));
  t.deepEqual(groups.classes, {rare: [1, 2, 4], common: [0, 5, 7, 8], frequent: [3, 6]});
  t.deepEqual(frequencyGroups(freqInfo, LVIS_GROUPS), groups);
});

test('ImageNet-LT: few below 20, medium to 100, many above', (t) => {
  const {classes} = frequencyGroups(freqInfo, IMAGENET_LT_GROUPS);
  t.deepEqual(classes, {few: [1, 2, 4, 5, 7], medium: [0, 8], many: [3, 6]});
});

test('custom bounds in images or in frequencies, also for plain f_j and counters', (t) => {
  const bounds = [{name: 'tail', maxFrequency: 0.02}, {name: 'head'}];
  t.deepEqual(frequencyGroups([0.02, 0.021, 0], bounds).classes, {tail: [0, 2], head: [1]});
  t.deepEqual(frequencyGroups(freqInfo, bounds).classes, {tail: [0, 1, 2, 4, 5, 7, 8], head: [3, 6]});
  const counter = new ClassFrequencyCounter({numClasses: 9}).merge(freqInfo);
  t.deepEqual(frequencyGroups(counter), frequencyGroups(freqInfo));
  t.deepEqual(frequencyGroups(freqInfo, [{name: 'all'}]).classes, {all: [0, 1, 2, 3, 4, 5, 6, 7, 8]});
});

test('property: quantiles leave no group empty, and rank no class below a less frequent one', (t) => {
  const counts = fc.array(fc.nat({max: 9}), {minLength: 3, maxLength: 30});
  fc.assert(
    fc.property(counts, (imageCounts) => {
      const info = new ClassFrequency({imageCounts, numImages: 10});
      const {names, groupOf, classes} = frequencyGroups(info, QUANTILE_GROUPS);
      for (const name of names) {
        const share = classes[name].length / imageCounts.length;
        t.true(share > 0 && Math.abs(share - 1 / 3) < 1 / imageCounts.length, name);
      }
      for (const [i, a] of imageCounts.entries()) {
        for (const [j, b] of imageCounts.entries()) if (a < b) t.true(groupOf[i] <= groupOf[j]);
      }
    }),
  );
});

test('of equal counts the later class is the less frequent one; fewer classes than groups are rejected', (t) => {
  const {classes} = frequencyGroups([0.1, 0.1, 0.1], QUANTILE_GROUPS);
  t.deepEqual(classes, {few: [2], medium: [1], many: [0]});
  t.throws(() => frequencyGroups([0.1, 0.2], QUANTILE_GROUPS), {
    name: 'ValueError',
    message: /`bounds` to be quantiles that leave no group of 2 classes empty. Received: "few"/,
  });
  const counter = new ClassFrequencyCounter({numClasses: 3});
  t.deepEqual(frequencyGroups(counter, QUANTILE_GROUPS).classes, classes, 'nothing counted yet');
  t.throws(() => frequencyGroups([0.1], [{name: 'a', maxQuantile: 0.5, maxImages: 3}, {name: 'b'}]), {
    message: /limited by maxQuantile/,
  });
});

test('the first group may be the classes without images', (t) => {
  const {classes} = frequencyGroups(freqInfo, [{name: 'unseen', maxImages: 0}, {name: 'seen'}]);
  t.deepEqual(classes, {unseen: [2], seen: [0, 1, 3, 4, 5, 6, 7, 8]});
});

test('bounds are plain JSON', (t) => {
  for (const bounds of [LVIS_GROUPS, IMAGENET_LT_GROUPS, QUANTILE_GROUPS]) {
    const again: GroupBounds = JSON.parse(JSON.stringify(bounds));
    t.deepEqual(again, bounds);
    t.deepEqual(frequencyGroups(freqInfo, again), frequencyGroups(freqInfo, bounds));
  }
  const nulls = [
    {name: 'tail', maxImages: 10, maxFrequency: null},
    {name: 'head', maxImages: null},
  ];
  t.deepEqual(frequencyGroups(freqInfo, nulls as never).classes.tail, [1, 2, 4]);
});

test('property: each class is in exactly one group, and within its limits', (t) => {
  const counts = fc.array(fc.nat({max: 40}), {minLength: 1, maxLength: 20});
  const limits = fc.uniqueArray(fc.nat({max: 40}), {maxLength: 4}).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(counts, limits, (imageCounts, maxima) => {
      const bounds = [...maxima.map((maxImages, i) => ({name: `g${i}`, maxImages})), {name: 'last'}];
      const info = new ClassFrequency({imageCounts, numImages: 40});
      const {names, groupOf, classes} = frequencyGroups(info, bounds);
      for (const [j, count] of imageCounts.entries()) {
        const group = groupOf[j];
        t.true(count <= (maxima[group] ?? 40) && (group === 0 || count > maxima[group - 1]));
        t.deepEqual(
          names.filter((name) => classes[name].includes(j)),
          [names[group]],
        );
      }
    }),
  );
});

test('plain frequencies have no image counts', (t) => {
  t.throws(() => frequencyGroups([0.1, 0.2]), {
    name: 'ValueError',
    message: /bounds are in images.*maxFrequency/,
  });
});

test('a counter is grouped by its counts so far, even if there are none', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 2});
  for (const bounds of [LVIS_GROUPS, [{name: 'rare', maxFrequency: 0.1}, {name: 'frequent'}]]) {
    t.deepEqual(frequencyGroups(counter, bounds).classes.rare, [0, 1]);
  }
  for (let image = 0; image < 11; ++image) counter.add(1);
  t.deepEqual(frequencyGroups(counter).classes, {rare: [0], common: [1], frequent: []});
});

const invalid: [string, unknown, RegExp][] = [
  ['no groups', [], /`bounds` to be an array of groups/],
  ['a dict', {rare: {maxImages: 10}}, /`bounds` to be an array of groups/],
  [
    'a group without a limit before the last',
    [{name: 'a'}, {name: 'b'}],
    /`bounds\[0\].maxImages` to be a number/,
  ],
  [
    'a limit of the last',
    [
      {name: 'a', maxImages: 1},
      {name: 'b', maxImages: 9},
    ],
    /`bounds\[1\].maxImages` to be absent/,
  ],
  [
    'limits that do not ascend',
    [{name: 'a', maxImages: 5}, {name: 'b', maxImages: 5}, {name: 'c'}],
    /`bounds\[1\].maxImages` to be a number > 5/,
  ],
  ['a repeated name', [{name: 'a', maxImages: 5}, {name: 'a'}], /`bounds\[1\].name`/],
  ['a missing name', [{maxImages: 5}, {name: 'a'}], /`bounds\[0\].name`/],
  [
    'both units',
    [{name: 'a', maxImages: 5}, {name: 'b', maxFrequency: 0.5}, {name: 'c'}],
    /`bounds\[1\]` to be limited by/,
  ],
  [
    'digits in a string',
    [{name: 'a', maxImages: '5'}, {name: 'b'}],
    /`bounds\[0\].maxImages` to be a number/,
  ],
  ['NaN', [{name: 'a', maxImages: Number.NaN}, {name: 'b'}], /`bounds\[0\].maxImages`/],
  [
    'an unknown key',
    [{name: 'a', maxImage: 5}, {name: 'b'}],
    /options of bounds\[0\] .* Received: "maxImage" \(did you mean "maxImages"\?\)/,
  ],
  [
    'an unknown key of the last',
    [
      {name: 'a', maxImages: 5},
      {name: 'b', label: 'B'},
    ],
    /bounds\[1\] .* "label"/,
  ],
  ['null', [null, {name: 'b'}], /`bounds\[0\].name`/],
];
for (const [what, bounds, message] of invalid) {
  test(`rejects ${what}`, (t) => {
    t.throws(() => frequencyGroups(freqInfo, bounds as GroupBounds), {name: 'ValueError', message});
  });
}

test('the presets cannot be changed by accident', (t) => {
  t.throws(() => Object.assign(LVIS_GROUPS[0] as FrequencyGroup, {maxImages: 3}), {instanceOf: TypeError});
});

test('LVIS v0.5: the groups match its annotations', (t) => {
  const categories = lvisCategories();
  const imageCounts = categories.map((category) => category.image_count);
  const {names, groupOf} = frequencyGroups(new ClassFrequency({imageCounts, numImages: 56_740}));
  t.deepEqual(
    Array.from(groupOf, (group) => names[group][0]),
    categories.map((category) => category.frequency),
  );
});
