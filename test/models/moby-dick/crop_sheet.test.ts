import {createCanvas, loadImage} from '@napi-rs/canvas';
import test from 'ava';
import {parseHTML} from 'linkedom';
import {cropSheet} from '../../../models/moby-dick/crop_sheet';

test('each crop is shown with its gray levels, its character and both readings', async (t) => {
  const pixels = Uint8Array.from({length: 16}, (_, i) => i * 17);
  const svg = cropSheet([{pixels, actual: '<', baseline: 'e', eql: '&'}]);
  const {document} = parseHTML(svg);
  t.deepEqual(
    [...document.querySelectorAll('text')].map((text) => text.textContent),
    ['<', '● e  ● &'],
  );
  const image = await loadImage(
    Buffer.from(document.querySelector('image')?.getAttribute('href')?.split(',')[1] ?? '', 'base64'),
  );
  const canvas = createCanvas(4, 4);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const {data} = canvas.getContext('2d').getImageData(0, 0, 4, 4);
  t.deepEqual(
    Array.from(pixels, (_, i) => data[4 * i]),
    Array.from(pixels, (level) => 255 - level),
  );
});

test('refuses crops that are not square', (t) => {
  t.throws(() => cropSheet([{pixels: new Uint8Array(12), actual: 'a', baseline: 'b', eql: 'c'}]), {
    name: 'ValueError',
  });
});
