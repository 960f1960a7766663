import test from 'ava';
import fc from 'fast-check';
import {lvisFrequency as ofParsed} from '../../../../src/detection';
import {lvisFrequency} from '../../../../src/io/datasets/lvis/lvis_frequency';
import {annotationFile, writer} from './annotation_file';

const write = writer();

test('counts images with each class, from a file', async (t) => {
  const freqInfo = await lvisFrequency(write('a.json', JSON.stringify(annotationFile())));
  t.deepEqual(freqInfo.toJSON(), {num_images: 3, image_counts: [2, 1], class_names: ['cat', 'owl']});
});

test('refuses a name shared by two categories', async (t) => {
  const made = annotationFile();
  const categories = made.categories.map((category) => ({...category, name: 'owl'}));
  await t.throwsAsync(lvisFrequency(write('twice.json', JSON.stringify({...made, categories}))), {
    name: 'ValueError',
    message: /^Expected `categories\[\]\.name` to be strings without repetition\. Received: "owl" twice$/,
  });
});

test('agrees with the counts of the parsed file', async (t) => {
  const ids = fc.uniqueArray(fc.nat(50), {minLength: 1, maxLength: 8});
  const files = fc.tuple(ids, ids).chain(([images, categories]) =>
    fc.record({
      images: fc.constant(images.map((id) => ({id}))),
      categories: fc.constant(categories.map((id) => ({id, ...(id % 2 && {name: `${id}`})}))),
      annotations: fc.array(
        fc.record({
          image_id: fc.constantFrom(...images),
          category_id: fc.constantFrom(...categories),
          segmentation: fc.array(fc.array(fc.double({noNaN: true, noDefaultInfinity: true}))),
        }),
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(files, async (made) => {
      const expected = ofParsed(made as never).toJSON();
      t.deepEqual((await lvisFrequency(write('b.json', JSON.stringify(made)))).toJSON(), expected);
      t.deepEqual((await lvisFrequency(made as never)).toJSON(), expected);
    }),
    {numRuns: 50},
  );
});
