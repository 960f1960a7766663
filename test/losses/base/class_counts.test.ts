import test from 'ava';
import {ClassFrequency, ClassFrequencyCounter} from '../../../src';
import {isCounted} from '../../../src/frequency';
import {checkedFrequencyInfo, classCounts} from '../../../src/losses/base/class_counts';

const counted = new ClassFrequency({imageCounts: [600, 0, 40], numImages: 1000});

test('counts of images, or plain frequencies; a class without images has one, or the least there is', (t) => {
  t.deepEqual(classCounts(counted), Float64Array.of(600, 1, 40));
  t.deepEqual(classCounts([0.5, 0, 0.25]), Float64Array.of(0.5, 0.25, 0.25));
  const counter = new ClassFrequencyCounter({numClasses: 3}).add(2).add(2);
  t.deepEqual(classCounts(counter), Float64Array.of(1, 1, 2));
  t.deepEqual(counted.imageCounts, Float64Array.of(600, 0, 40), 'what was given stays as it is');
});

test('no images at all, and invalid frequencies, are rejected', (t) => {
  t.throws(() => classCounts([0, 0]), {message: /`freqInfo` to be of classes with images/});
  t.throws(() => classCounts(new ClassFrequencyCounter({numClasses: 2})), {message: /with images/});
  for (const info of [undefined, null, 'a', {}, [0.5, -1], []]) {
    t.throws(() => checkedFrequencyInfo(info as never), {message: /`freqInfo/});
  }
});

test('a plain array is copied, counts are not', (t) => {
  const array = [0.5, 0.25];
  const checked = checkedFrequencyInfo(array) as Float64Array;
  array[0] = 1;
  t.deepEqual(checked, Float64Array.of(0.5, 0.25));
  t.is(checkedFrequencyInfo(counted), counted);
  t.deepEqual([isCounted(counted), isCounted(array)], [true, false]);
});
