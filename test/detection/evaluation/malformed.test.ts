import test from 'ava';
import {type Annotations, evaluateCoco, evaluateLvis, type IouType} from '../../../src/detection';
import {smallAnnotations, smallDetection} from '../../helpers/detection';

type Case = [path: string, truth: object, found: object, iouType?: IouType];

/** `value` with `property` of the item at `place` of `list` replaced. */
function changed(list: keyof Annotations, place: number, property: string, value: unknown): object {
  const truth = smallAnnotations();
  const items = truth[list].map((item, i) => (i === place ? {...item, [property]: value} : item));
  return {...truth, [list]: items};
}

const truth = smallAnnotations();
const found = [smallDetection()];
const detected = (change: object) => [smallDetection(), {...smallDetection(), ...change}];
const masked = (segmentation: unknown) => [{...smallDetection(), bbox: undefined, segmentation}];

const CASES: Case[] = [
  ['groundTruth', 3 as never, found],
  ['images', {...truth, images: undefined}, found],
  ['annotations', {...truth, annotations: {}}, found],
  ['categories', {...truth, categories: null}, found],
  ['images[1]', {...truth, images: [truth.images[0], null]}, found],
  ['images[1].id', changed('images', 1, 'id', undefined), found],
  ['images[1].id', changed('images', 1, 'id', 5), found],
  ['images[0].height', changed('images', 0, 'height', undefined), found, 'segm'],
  ['images[0].width', changed('images', 0, 'width', 4.5), found, 'segm'],
  ['categories[1].id', changed('categories', 1, 'id', '3'), found],
  ['annotations[1]', {...truth, annotations: [truth.annotations[0], 7]}, found],
  ['annotations[1].id', changed('annotations', 1, 'id', undefined), found],
  ['annotations[0].id', changed('annotations', 0, 'id', 0), found],
  ['annotations[1].id', changed('annotations', 1, 'id', 1), found],
  ['annotations[1].image_id', changed('annotations', 1, 'image_id', 6), found],
  ['annotations[1].category_id', changed('annotations', 1, 'category_id', undefined), found],
  ['annotations[1].area', changed('annotations', 1, 'area', undefined), found],
  ['annotations[1].bbox', changed('annotations', 1, 'bbox', [1, 2, 3]), found],
  ['annotations[1].bbox', changed('annotations', 1, 'bbox', [1, 2, -3, 4]), found],
  ['annotations[1].segmentation', changed('annotations', 1, 'segmentation', undefined), found, 'segm'],
  ['annotations[1].segmentation', changed('annotations', 1, 'segmentation', []), found, 'segm'],
  [
    'annotations[1].segmentation[0]',
    changed('annotations', 1, 'segmentation', [[1, 2, 3, 4]]),
    found,
    'segm',
  ],
  [
    'annotations[1].segmentation[0]',
    changed('annotations', 1, 'segmentation', [[1, 2, 3, 4, 5, NaN]]),
    found,
    'segm',
  ],
  ['detections', truth, {}],
  ['detections[0]', truth, [null]],
  ['detections[1].image_id', truth, detected({image_id: 4})],
  ['detections[1].category_id', truth, detected({category_id: 4})],
  ['detections[1].score', truth, detected({score: Number.NaN})],
  ['detections[1].score', truth, detected({score: undefined})],
  ['detections[1].bbox', truth, detected({bbox: [0, 0, 1, 1, 1]})],
  ['detections[1].bbox', truth, detected({bbox: undefined})],
  ['detections[1].bbox', truth, detected({bbox: [0, 0, Number.POSITIVE_INFINITY, 1]})],
  ['detections[0]', truth, masked(undefined), 'segm'],
  ['detections[0].segmentation.size', truth, masked({size: [40, 30], counts: [1200]}), 'segm'],
  ['detections[0].segmentation.counts', truth, masked({size: [30, 40], counts: [1199]}), 'segm'],
  ['detections[0].segmentation.counts[1]', truth, masked({size: [30, 40], counts: [1300, -100]}), 'segm'],
  ['detections[0].segmentation.counts', truth, masked({size: [30, 40], counts: 'P'}), 'segm'],
  ['detections[0].segmentation.counts', truth, masked({size: [30, 40], counts: 'a~'}), 'segm'],
];

const LVIS_CASES: Case[] = [
  ['images[1].neg_category_ids', changed('images', 1, 'neg_category_ids', undefined), found],
  ['images[0].neg_category_ids[0]', changed('images', 0, 'neg_category_ids', ['3']), found],
  ['images[0].not_exhaustive_category_ids', changed('images', 0, 'not_exhaustive_category_ids', 3), found],
  ['categories[1].frequency', changed('categories', 1, 'frequency', 'x'), found],
  ['annotations[1].ignore', changed('annotations', 1, 'ignore', 2), found],
];

const message = (path: string) => (error: unknown) =>
  (error as Error).message.startsWith(`Expected \`${path}\` to be `);

for (const [i, [path, groundTruth, detections, iouType = 'bbox']] of CASES.entries()) {
  test(`refuses malformed input, naming its path: ${path} (${i})`, (t) => {
    for (const evaluate of [evaluateCoco, evaluateLvis]) {
      const error = t.throws(() => evaluate(groundTruth as never, detections as never, {iouType}), {
        name: 'ValueError',
      });
      t.true(message(path)(error), error?.message);
    }
  });
}

for (const [i, [path, groundTruth, detections]] of LVIS_CASES.entries()) {
  test(`refuses what LVIS needs beyond COCO: ${path} (${i})`, (t) => {
    const error = t.throws(() => evaluateLvis(groundTruth as never, detections as never, {iouType: 'bbox'}));
    t.true(message(path)(error), error?.message);
  });
}

test('COCO requires no lists and no frequencies, and its crowds are 0 or 1', (t) => {
  const bare = changed('images', 1, 'neg_category_ids', undefined) as Annotations;
  t.true(evaluateCoco(bare, found, {iouType: 'bbox'}).apByCategory[3] > 0.99);
  const crowd = changed('annotations', 0, 'iscrowd', 'no') as Annotations;
  const error = t.throws(() => evaluateCoco(crowd, found, {iouType: 'bbox'}));
  t.true(message('annotations[0].iscrowd')(error), error?.message);
});

test('refuses other options, naming them', (t) => {
  const options = {iouType: 'bbox', maxDets: 3} as never;
  t.throws(() => evaluateLvis(truth, found, options), {message: /"maxDets"/});
  t.throws(() => evaluateCoco(truth, found, {iouType: 'keypoints'} as never), {
    message: /^Expected `iouType`/,
  });
});
