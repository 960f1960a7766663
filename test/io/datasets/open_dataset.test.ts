import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {openDataset} from '../../../src/io/datasets';
import {temporaryDirectory} from '../files/temporary';
import {writeFolder} from './pictures';

test('recognizes each format by its files', async (t) => {
  const root = temporaryDirectory(t);
  const options = {imageSize: 4, split: {validation: 0.5}, seed: 1};
  await writeFolder(join(root, 'folder'), {a: 2, b: 4});
  writeFileSync(join(root, 'list.csv'), 'folder/a/000.png,a\nfolder/b/000.png,b\nfolder/b/001.png,b');
  mkdirSync(join(root, 'cifar'));
  writeFileSync(join(root, 'cifar/fine_label_names.txt'), 'a\nb');
  for (const name of ['train', 'test'])
    writeFileSync(join(root, `cifar/${name}.bin`), new Uint8Array(3074 * 2));
  mkdirSync(join(root, 'mnist'));
  for (const name of ['train', 't10k']) {
    const head = (rank: number) => [0, 0, 8, rank, 0, 0, 0, 2];
    writeFileSync(
      join(root, `mnist/${name}-images-idx3-ubyte`),
      Buffer.from([...head(3), 0, 0, 0, 1, 0, 0, 0, 1, 5, 6]),
    );
    writeFileSync(join(root, `mnist/${name}-labels-idx1-ubyte`), Buffer.from([...head(1), 0, 1]));
  }
  const sizes = async (name: string) => {
    const {train, validation, test: tested} = await openDataset(join(root, name), options);
    return [train.imageShape.join('×'), train.length, validation?.length, tested?.length];
  };
  t.deepEqual(await sizes('folder'), ['4×4×3', 3, 3, undefined]);
  t.deepEqual(await sizes('list.csv'), ['4×4×3', 2, 1, undefined]);
  // `allowEmpty` does not apply to a list.
  t.is((await openDataset(join(root, 'list.csv'), {imageSize: 4, allowEmpty: true})).train.length, 3);
  t.deepEqual(await sizes('cifar'), ['32×32×3', 1, 1, 2]);
  t.deepEqual(await sizes('mnist'), ['1×1×1', 2, undefined, 2]);
  await t.throwsAsync(openDataset(join(root, 'none'), options), {
    message: /^Expected `path` to be a folder of images, or/,
  });
});
