import {readFileSync, writeFileSync} from 'node:fs';
import Module from 'node:module';
import {join} from 'node:path';
import test from 'ava';
import {imageList} from '../../../src/io/datasets';
import {MissingPeerError, requirePeer} from '../../../src/io/datasets/require_peer';
import {temporaryDirectory} from '../files/temporary';

test('a missing peer throws, saying how to install it', (t) => {
  t.throws(() => requirePeer('no-such-peer/sync', 'Reading shelves'), {
    instanceOf: MissingPeerError,
    message: 'Reading shelves needs no-such-peer: npm install no-such-peer',
  });
  t.is(requirePeer<{join: unknown}>('node:path', 'Paths').join, join);
});

test.serial('without csv-parse, csv and tsv lists say how to install it, and jsonl works', async (t) => {
  // Resolves packages, so it can make one missing; Node's types lack it.
  const node = Module as unknown as {_resolveFilename: (request: string, ...rest: unknown[]) => string};
  const resolve = node._resolveFilename;
  node._resolveFilename = (request, ...rest) => {
    if (!request.startsWith('csv-parse')) return resolve.call(node, request, ...rest);
    throw Object.assign(new Error(`Cannot find module '${request}'`), {code: 'MODULE_NOT_FOUND'});
  };
  t.teardown(() => {
    node._resolveFilename = resolve;
  });
  const root = temporaryDirectory(t);
  for (const name of ['list.csv', 'list.tsv']) {
    writeFileSync(join(root, name), '1.png,cat\n2.png,owl');
    await t.throwsAsync(imageList(join(root, name), {imageSize: 2}), {
      name: 'MissingPeerError',
      message: 'Reading CSV files needs csv-parse: npm install csv-parse',
    });
  }
  const rows = ['cat', 'owl'].map((label) => JSON.stringify({path: `${label}.png`, label}));
  writeFileSync(join(root, 'list.jsonl'), rows.join('\n'));
  t.is((await imageList(join(root, 'list.jsonl'), {imageSize: 2})).train.length, 2);
});

test('the guide to your own images installs the peers that it needs', (t) => {
  const guide = readFileSync(join(__dirname, '../../../docs/your-images.md'), 'utf8');
  const [, install] = /^npm install (.*)$/m.exec(guide) as RegExpExecArray;
  for (const name of ['sharp', 'csv-parse', '@observablehq/plot', 'linkedom']) {
    t.true(install.split(' ').includes(name), name);
  }
});
