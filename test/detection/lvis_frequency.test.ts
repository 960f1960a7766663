import test from 'ava';
import {type Annotations, categoryClasses, lvisFrequency} from '../../src/detection';

const image_id = (id: number) => ({image_id: id, area: 1});
const annotations: Annotations = {
  images: [{id: 4}, {id: 9}, {id: 1}, {id: 7}],
  categories: [
    {id: 1203, name: 'zucchini'},
    {id: 1, name: 'aerosol can'},
    {id: 52, name: 'awning'},
  ],
  annotations: [
    {id: 1, category_id: 1203, ...image_id(4)},
    {id: 2, category_id: 1203, ...image_id(4)},
    {id: 3, category_id: 1, ...image_id(4)},
    {id: 4, category_id: 1203, ...image_id(1)},
  ],
};

test('counts the images of each category, by ascending id', (t) => {
  const {imageCounts, numImages, classNames} = lvisFrequency(annotations);
  t.deepEqual([...imageCounts], [1, 0, 2]);
  t.is(numImages, 4);
  t.deepEqual(classNames, ['aerosol can', 'awning', 'zucchini']);
  t.deepEqual(
    [...categoryClasses(annotations)],
    [
      [1, 0],
      [52, 1],
      [1203, 2],
    ],
  );
  const unnamed = {...annotations, categories: annotations.categories.map(({id}) => ({id}))};
  t.is(lvisFrequency(unnamed).classNames, undefined);
});

test('a name of two categories is refused', (t) => {
  const named = annotations.categories.map((category) => ({...category, name: 'owl'}));
  t.throws(() => lvisFrequency({...annotations, categories: named}), {
    name: 'ValueError',
    message: /^Expected `categories\[\]\.name` to be strings without repetition\. Received: "owl" twice$/,
  });
  // As long as not all have one, none is taken.
  t.is(lvisFrequency({...annotations, categories: [{id: 9}, ...named]}).classNames, undefined);
});

test('refuses unknown ids, naming their path', (t) => {
  const of = (change: object) => () =>
    lvisFrequency({...annotations, annotations: [{...annotations.annotations[0], ...change}]});
  t.throws(of({image_id: 3}), {message: /^Expected `annotations\[0\]\.image_id`/});
  t.throws(of({category_id: 2}), {message: /^Expected `annotations\[0\]\.category_id`/});
  t.throws(() => lvisFrequency({...annotations, categories: [{id: 1}, {id: 1}]}), {
    message: /^Expected `categories\[1\]\.id`/,
  });
  t.throws(() => lvisFrequency(undefined as never), {message: /^Expected `groundTruth`/});
});
