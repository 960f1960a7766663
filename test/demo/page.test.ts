import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {mobyDickCorpus} from '../../models/moby-dick/data/corpus';
import {COLORS} from '../../src/report/theme';

const read = (file: string) => readFileSync(join(__dirname, '../../demo', file), 'utf8');

test('the number that the page begins with is the book’s', (t) => {
  const {classes, counts} = mobyDickCorpus();
  const [e, q] = ['e', 'Q'].map((character) => counts[classes.indexOf(character)]);
  t.true(read('index.html').includes(`${Math.round(e / q)} letters <b>e</b> for every <b>Q</b>`));
});

test('the models have the colors that they have in every other picture', (t) => {
  const style = read('src/style/base.css').toLowerCase();
  t.true(style.includes(`--baseline: ${COLORS.baseline.toLowerCase()};`));
  t.true(style.includes(`--eql: ${COLORS.eql.toLowerCase()};`));
});

test('what the page loads lies beside it', (t) => {
  const addresses = [...read('index.html').matchAll(/(?:src|href)="([^"#]+)"/g)].map(
    ([, address]) => address,
  );
  t.true(addresses.length >= 3);
  for (const address of addresses) t.regex(address, /^(\.\/|data:|https:\/\/arxiv\.org\/)/);
});
