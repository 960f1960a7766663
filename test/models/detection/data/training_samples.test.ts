import '@tensorflow/tfjs';
import test from 'ava';
import {trainingPages} from '../../../../models/detection/data/page_set';
import {trainingSamples} from '../../../../models/detection/data/training_samples';
import {mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';
import {Random} from '../../../../src/core/random';
import {boxIoU, decodeBoxes} from '../../../../src/detection';

const classes = mobyDickCorpus().classes.length;
const pages = trainingPages(30, 1).slice(0, 2);
const options = {pages, classes, seed: 1, visits: 3, boxes: 40, foregroundFraction: 0.4};

interface Sample {
  xs: {image: {data: Float32Array}; proposals: {data: Float32Array}};
  ys: {classes: Int32Array; boxes: {data: Float32Array}};
}
const sample = (index: number, epoch: number, made = trainingSamples(options)) =>
  made(index, {index, epoch, random: new Random(1)}) as unknown as Sample;

test('labels and targets are those of the character that a box overlaps', (t) => {
  const {xs, ys} = sample(1, 0);
  const proposals = Array.from({length: 40}, (_, k) => [...xs.proposals.data.subarray(4 * k, 4 * k + 4)]);
  const ious = boxIoU(proposals, pages[1].boxes).arraySync();
  let foreground = 0;
  proposals.forEach((box, k) => {
    const best = Math.max(...ious[k]);
    const [...target] = ys.boxes.data.subarray(5 * k, 5 * k + 5);
    t.is(target[4], Number(best >= 0.5));
    if (best < 0.5) {
      t.is(ys.classes[k], classes);
      return;
    }
    foreground++;
    const j = ious[k].indexOf(best);
    t.is(ys.classes[k], pages[1].labels[j]);
    const decoded = decodeBoxes([target.slice(0, 4)] as never, [box]).dataSync();
    const object = pages[1].boxes.subarray(4 * j, 4 * j + 4);
    t.true(object.every((side, i) => Math.abs(side - decoded[i]) < 0.01));
  });
  t.true(foreground > 0 && foreground < 30, `${foreground}`);
});

test('each visit has boxes of its own, each epoch noise of its own, whatever is asked first', (t) => {
  const made = trainingSamples(options);
  const first = sample(0, 0, made);
  const visit = sample(2, 0, made);
  t.is(visit.xs.image.data, first.xs.image.data);
  t.notDeepEqual(visit.xs.proposals.data, first.xs.proposals.data);
  const later = sample(0, 1, made);
  t.notDeepEqual(later.xs.image.data, first.xs.image.data);
  t.deepEqual(sample(0, 1), later);
  t.deepEqual(sample(0, 0, made), first);
});
