import test from 'ava';
import {LINES_PER_PAGE} from '../../../../models/detection/data/grey_page';
import {countBoxes, heldOutPages, trainingPages} from '../../../../models/detection/data/page_set';
import {mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';

const {classes} = mobyDickCorpus();

test('training pages have every class, rare ones too', (t) => {
  const pages = trainingPages(40, 1);
  t.is(pages.length, 40);
  const counts = countBoxes(pages, classes.length);
  t.true(counts.every((count) => count > 0));
  t.true(counts.filter((count) => count <= 10).length > 15);
  t.is(
    counts.reduce((sum, count) => sum + count, 0),
    pages.reduce((sum, {labels}) => sum + labels.length, 0),
  );
  t.true(pages.every(({labels}) => labels.length <= 56 * LINES_PER_PAGE));
});

test('held-out pages have every class, on lines of their own', (t) => {
  const pages = heldOutPages('validation', 1);
  t.true(countBoxes(pages, classes.length).every((count) => count > 0));
  // Lines as sequences of classes: none of them is in training.
  const {lines, training, validation} = mobyDickCorpus();
  const held = new Set(validation.flatMap((places) => places.map(({line}) => line)));
  t.false(training.some((places) => places.some(({line}) => held.has(line))));
  t.true(held.size < lines.length);
});
