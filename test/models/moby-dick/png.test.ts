import {loadImage} from '@napi-rs/canvas';
import test from 'ava';
import {svgToPng} from '../../../models/moby-dick/png';

test('a picture becomes a PNG of its size times the scale, with letters where no typeface is installed', async (t) => {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="15">${text}</text></svg>`;
  const png = svgToPng(svg('λ'), 3);
  const image = await loadImage(png);
  t.deepEqual([image.width, image.height], [120, 60]);
  t.notDeepEqual(png, svgToPng(svg(''), 3));
});
