import '@tensorflow/tfjs';
import {loadImage} from '@napi-rs/canvas';
import test from 'ava';
import {type GreyPage, PAGE_HEIGHT, PAGE_WIDTH} from '../../../models/detection/data/grey_page';
import {pagePicture, readPage} from '../../../models/detection/page_picture';

const page: GreyPage = {
  ink: new Uint8Array(0),
  boxes: Float64Array.of(0, 0, 10, 10, 0, 20, 10, 30, 0, 40, 10, 50),
  labels: Int32Array.of(0, 1, 2),
};

test('of boxes over each other the best is read; what is wrong and what is missed is known', (t) => {
  const found = {
    boxes: [0, 0, 10, 10, 0, 1, 10, 10, 0, 20, 10, 30],
    labels: [0, 2, 2],
    scores: [0.9, 0.8, 0.7],
  };
  t.deepEqual(readPage(page, found), [
    {box: [0, 0, 10, 10], label: 0, isRight: true},
    {box: [0, 20, 10, 30], label: 2, isRight: false},
    {box: [0, 20, 10, 30], isRight: false},
    {box: [0, 40, 10, 50], isRight: false},
  ]);
});

test('no more boxes than characters are read, and each character is found once', (t) => {
  const twice = {boxes: [...page.boxes, 60, 0, 70, 9], labels: [0, 1, 2, 1], scores: [0.9, 0.8, 0.7, 0.6]};
  t.deepEqual(
    readPage(page, twice).map(({isRight}) => isRight),
    [true, true, true],
  );
});

test('a picture of the page, twice as large', async (t) => {
  const scan = new Float32Array(PAGE_HEIGHT * PAGE_WIDTH);
  const png = pagePicture(scan, readPage(page, {boxes: [0, 0, 10, 10], labels: [1], scores: [1]}), [
    'a',
    'b',
    'c',
  ]);
  const {width, height} = await loadImage(png);
  t.deepEqual([width, height], [2 * PAGE_WIDTH, 2 * PAGE_HEIGHT]);
});
