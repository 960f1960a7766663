import {createCanvas} from '@napi-rs/canvas';
import test from 'ava';
import {decodeImage} from '../../../../src/io/datasets/lvis/decode_image';
import {writer} from './annotation_file';

const write = writer();
/** A picture of 3 × 2 pixels, left red, right blue. */
function picture(): Buffer {
  const canvas = createCanvas(3, 2);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ff0000';
  pen.fillRect(0, 0, 2, 2);
  pen.fillStyle = '#0000ff';
  pen.fillRect(2, 0, 1, 2);
  return canvas.toBuffer('image/png');
}

test('a custom decoder receives bytes and path, and its result is checked', async (t) => {
  const file = write('a.bin', new Uint8Array([1, 2, 3]));
  const decoded = await decodeImage(file, (bytes, path) => {
    t.deepEqual([[...bytes], path], [[1, 2, 3], file]);
    return {data: new Uint8Array(18), height: 2, width: 3};
  });
  t.is(decoded.data.length, 18);
  for (const wrong of [
    {data: new Uint8Array(24), height: 2, width: 3},
    {data: new Uint8Array(0), height: 0, width: 3},
    {data: new Uint8Array(18), height: 2},
    {height: 2, width: 3},
  ]) {
    await t.throwsAsync(
      decodeImage(file, () => wrong as never),
      {name: 'ValueError', message: /\[height · width · 3\]/},
    );
  }
  await t.throwsAsync(decodeImage(`${file}.none`), {code: 'ENOENT'});
});

test('without a decoder, sharp reads the image', async (t) => {
  const file = write('a.png', picture());
  const {data, height, width} = await decodeImage(file);
  t.deepEqual([height, width], [2, 3]);
  t.deepEqual([...data.subarray(0, 9)], [255, 0, 0, 255, 0, 0, 0, 0, 255]);
  await t.throwsAsync(decodeImage(write('b.png', picture().subarray(0, 60))));
});
