import {dirname} from 'node:path';
import test from 'ava';
import {readAnnotations} from '../../../../src/io/datasets/lvis/read_annotations';
import {annotationFile, writer} from './annotation_file';

const write = writer();

test('a file and its parsed content give the same', async (t) => {
  const parsed = annotationFile();
  const file = write('all.json', JSON.stringify(parsed));
  for (const source of [file, parsed as never]) {
    const {images, categories, image, category, boxes, crowd} = await readAnnotations(source, true);
    t.deepEqual(
      images.items.map(({id}) => id),
      [2, 4, 9],
    );
    t.deepEqual(categories.items, [
      {id: 3, name: 'cat'},
      {id: 8, name: 'owl'},
    ]);
    t.deepEqual([...image], [2, 2, 2, 0]);
    t.deepEqual([...category], [1, 1, 0, 0]);
    t.deepEqual([...boxes], [1, 0, 2, 1.5, 1, 0, 2, 1.5, 1, 0, 2, 1.5, 0, 0, 3, 2]);
    t.deepEqual([...crowd], [0, 0, 1, 0]);
  }
  const {boxes} = await readAnnotations(file, false);
  t.is(boxes.length, 0);
});

test('refuses missing and wrong values, naming their paths', async (t) => {
  const cases: [string, (file: ReturnType<typeof annotationFile>) => unknown, RegExp][] = [
    ['no images', ({images: _, ...others}) => others, /`images` to be an array/],
    ['no annotations', ({annotations: _, ...others}) => others, /`annotations` to be an array/],
    ['no array', (file) => ({...file, categories: {}}), /`categories` to be an array/],
    ['no object', (file) => ({...file, annotations: [3]}), /`annotations\[0\]` to be an object/],
    ['no image', (file) => ({...file, images: [null]}), /`images\[0\]` to be an object/],
    ['a string', (file) => edited(file, {image_id: '9'}), /`annotations\[1\].image_id` to be an integer/],
    [
      'unknown image',
      (file) => edited(file, {image_id: 7}),
      /`annotations\[1\].image_id` to be the id of an image .* 7/,
    ],
    [
      'unknown category',
      (file) => edited(file, {category_id: 7}),
      /`annotations\[1\].category_id` to be the id of a cat/,
    ],
    [
      'a box of three',
      (file) => edited(file, {bbox: [1, 2, 3]}),
      /`annotations\[1\].bbox` to be \[x, y, width/,
    ],
    [
      'an id twice',
      (file) => ({...file, images: [{id: 9}, {id: 9}]}),
      /`images\[1\].id` to be an id that no other/,
    ],
  ];
  for (const [name, edit, message] of cases) {
    const made = edit(annotationFile());
    const file = write(`${name}.json`, JSON.stringify(made));
    for (const source of [file, made as never]) {
      await t.throwsAsync(readAnnotations(source, true), {name: 'ValueError', message}, name);
    }
  }
  for (const source of [undefined, null, 3]) {
    await t.throwsAsync(readAnnotations(source as never, true), {message: /`annotations` to be the path/});
  }
});

test('refuses the path of a missing file', async (t) => {
  const file = write('whole.json', JSON.stringify(annotationFile()));
  for (const path of [`${file}.gone`, dirname(file)]) {
    await t.throwsAsync(readAnnotations(path, true), {
      name: 'ValueError',
      message: /^Expected `annotations` to be the path of a file that exists/,
    });
  }
});

test('refuses a truncated file, naming its path and byte', async (t) => {
  const text = JSON.stringify(annotationFile());
  const file = write('cut.json', text.slice(0, 200));
  await t.throwsAsync(readAnnotations(file, true), {
    name: 'ValueError',
    message: /cut\.json` to have .* at byte 200, in annotations\[1\]\. Received: the end of the file/,
  });
});

const edited = (file: ReturnType<typeof annotationFile>, change: object) => ({
  ...file,
  annotations: file.annotations.map((annotation, i) => (i === 1 ? {...annotation, ...change} : annotation)),
});
