import test from 'ava';
import {AnnotationCollector} from '../../../../src/io/datasets/lvis/annotation_collector';

const box = {bbox: [1, 2, 3, 4], area: 12};

test('collects records with keys in any order, and ignores unknown keys', (t) => {
  const collector = new AnnotationCollector(true);
  collector.key('annotations', true);
  collector.record({...box, id: 1, image_id: 7, category_id: 5}, 0);
  collector.key('licenses', true);
  collector.record({id: 1}, 0);
  collector.key('categories', true);
  collector.record({id: 5, name: 'owl', synset: 'owl.n.01'}, 0);
  collector.key('info', false);
  collector.record('anything', 0);
  collector.key('images', true);
  collector.record({id: 7, file_name: 'a.jpg', flickr_url: 'http://a.b/c.jpg', license: 4}, 0);
  const {images, image, category, boxes} = collector.finish();
  // Links and the like would fill memory.
  t.deepEqual(Object.keys(images.items[0]).sort(), ['coco_url', 'file_name', 'height', 'id', 'width']);
  t.deepEqual([[...image], [...category], [...boxes]], [[0], [0], [1, 2, 3, 4]]);
});

test('unknown ids are refused at the end, as annotations may come first', (t) => {
  const collector = new AnnotationCollector(false);
  collector.key('annotations', true);
  collector.record({image_id: 7, category_id: 5}, 0);
  collector.key('images', true);
  collector.key('categories', true);
  collector.record({id: 5}, 0);
  t.throws(() => collector.finish(), {name: 'ValueError', message: /`annotations\[0\]\.image_id`/});
});
