import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {idxImages} from '../../../src/io/datasets';
import {temporaryDirectory} from '../files/temporary';

// The format of LeCun's MNIST page: 0, 0, 8 for unsigned bytes, the rank, big-endian sizes.
function idx(dims: number[], data: number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * dims.length);
  head[2] = 8;
  head[3] = dims.length;
  dims.forEach((size, d) => void head.writeUInt32BE(size, 4 + 4 * d));
  return Buffer.concat([head, Buffer.from(data)]);
}

test('reads images and labels, gzipped or not', async (t) => {
  const root = temporaryDirectory(t);
  const write = (name: string, bytes: Buffer) => {
    writeFileSync(join(root, name), bytes);
    return join(root, name);
  };
  const files = {
    images: write('images', idx([3, 1, 2], [0, 51, 102, 153, 204, 255])),
    labels: write('labels', idx([3], [2, 0, 0])),
  };
  const more = {
    images: write('images.gz', gzipSync(idx([1, 1, 2], [255, 0]))),
    labels: write('labels.gz', gzipSync(idx([1], [1]))),
  };
  const {train, test: tested, classNames} = await idxImages(files, {test: more, sampler: undefined});
  t.deepEqual(classNames, ['0', '1', '2']);
  t.deepEqual([[...train.labels], [...tested!.labels], train.imageShape], [[2, 0, 0], [1], [1, 2, 1]]);
  const {value} = await (await train.subset([1, 0]).iterator()).next();
  const rows = (await value.xs.reshape([2, 2]).array()).map((row: number[]) =>
    row.map((x) => Math.round(x * 255)).join(),
  );
  t.deepEqual(rows.sort(), ['0,51', '102,153']);
  tf.dispose(value);

  const refused = (images: string, labels: string, message: RegExp) =>
    t.throwsAsync(idxImages({images, labels}), {name: 'ValueError', message});
  await refused(join(root, 'none'), files.labels, /^Expected `images` to be readable/);
  await refused(
    files.labels,
    files.labels,
    /^Expected `images` to be an IDX file of three or four dimensions/,
  );
  await refused(
    files.images,
    more.labels,
    /^Expected `labels` to be an IDX file of 3 labels, one for each image/,
  );
  await refused(
    write('short', idx([9, 2, 2], [1])),
    files.labels,
    /^Expected `images` to be an IDX file of 36 values/,
  );
  await refused(
    write('text', Buffer.from('PNG …')),
    files.labels,
    /^Expected `images` to be an IDX file of unsigned bytes/,
  );
  await t.throwsAsync(idxImages(files, {classNames: ['a', 'b']}), {
    message: /^Expected `classNames` to be the names of 3/,
  });
});

test('refuses test images of another shape than the training images', async (t) => {
  const root = temporaryDirectory(t);
  const write = (name: string, bytes: Buffer) => {
    writeFileSync(join(root, name), bytes);
    return join(root, name);
  };
  const labels = write('labels', idx([1], [0]));
  const wide = {images: write('wide', idx([1, 1, 2], [0, 1])), labels};
  const high = {images: write('high', idx([1, 2, 1], [0, 1])), labels};
  await t.throwsAsync(idxImages(wide, {test: high}), {
    name: 'ValueError',
    message: /^Expected `test.images` to be images of shape 1,2,1\. Received: \[2, 1, 1\]/,
  });
});
