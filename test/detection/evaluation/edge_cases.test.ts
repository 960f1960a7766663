import test from 'ava';
import {type Detection, evaluateCoco, evaluateLvis} from '../../../src/detection';
import {smallAnnotations, smallDetection} from '../../helpers/detection';

// A hit before any miss has a precision of 1 / (1 + 2⁻⁵²).
const rounded = (value: number) => Math.round(value * 1e12) / 1e12;

test('without detections AP and AR are 0 if there are objects, -1 if there are none', (t) => {
  for (const evaluate of [evaluateCoco, evaluateLvis]) {
    const {summary, apByCategory} = evaluate(smallAnnotations(), [], {iouType: 'segm'});
    t.deepEqual(apByCategory, {3: 0, 8: 0});
    const {AP, AP50, APs, APm} = summary;
    t.deepEqual({AP, AP50, APs, APm}, {AP: 0, AP50: 0, APs: 0, APm: -1});
  }
});

test('without images or categories everything is -1', (t) => {
  const empty = {images: [], categories: [], annotations: []};
  for (const evaluate of [evaluateCoco, evaluateLvis]) {
    const {summary, apByCategory} = evaluate(empty, [], {iouType: 'bbox'});
    t.deepEqual(new Set(Object.values(summary)), new Set([-1]));
    t.deepEqual(apByCategory, {});
  }
});

test('the order of detections decides among equal scores', (t) => {
  const right = smallDetection();
  const wrong = {...right, bbox: [20, 20, 10, 10]};
  const ap = (detections: Detection[]) =>
    evaluateCoco(smallAnnotations(), detections, {iouType: 'bbox'}).apByCategory[3];
  t.is(rounded(ap([right, wrong])), 1);
  t.is(rounded(ap([wrong, right])), 0.5);
});

test('LVIS drops categories that were not verified, and forgives where not everything is annotated', (t) => {
  const truth = smallAnnotations();
  // Image 2 has nothing; a false alarm there ranks above the hit.
  const found = [{...smallDetection(), image_id: 2, score: 1}, smallDetection()];
  const ap = (change: object) => {
    const images = [truth.images[0], {...truth.images[1], ...change}];
    return evaluateLvis({...truth, images}, found, {iouType: 'bbox'}).apByCategory[3];
  };
  t.is(rounded(ap({})), 1);
  t.is(rounded(ap({neg_category_ids: [3]})), 0.5);
  t.is(rounded(ap({neg_category_ids: [3], not_exhaustive_category_ids: [3]})), 1);
});

test('LVIS counts the 300 highest scores of an image over all categories, COCO 100 of each', (t) => {
  const others = (count: number): Detection[] =>
    Array.from({length: count}, () => ({
      ...smallDetection(),
      category_id: 8,
      bbox: [0, 20, 5, 5],
      score: 0.9,
    }));
  const ap = (evaluate: typeof evaluateLvis, count: number) =>
    evaluate(smallAnnotations(), [...others(count), smallDetection()], {iouType: 'bbox'}).apByCategory[3];
  t.is(rounded(ap(evaluateLvis, 299)), 1);
  t.is(rounded(ap(evaluateLvis, 300)), 0);
  t.is(rounded(ap(evaluateCoco, 400)), 1);
});

test('input is not changed', (t) => {
  const [truth, found] = [smallAnnotations(), [smallDetection()]];
  const before = JSON.stringify([truth, found]);
  evaluateLvis(truth, found, {iouType: 'segm'});
  evaluateCoco(truth, found, {iouType: 'bbox'});
  t.is(JSON.stringify([truth, found]), before);
});
