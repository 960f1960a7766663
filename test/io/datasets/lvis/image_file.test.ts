import {join} from 'node:path';
import test from 'ava';
import {imageFile} from '../../../../src/io/datasets/lvis/image_file';

test('finds an image by its name, or by the end of its URL', (t) => {
  t.is(imageFile({id: 1, file_name: 'a/b.jpg'}, 'dir', ''), join('dir', 'a', 'b.jpg'));
  const coco_url = 'http://images.cocodataset.org/val2017/000000000007.jpg';
  t.is(imageFile({id: 1, coco_url}, 'dir', ''), join('dir', 'val2017', '000000000007.jpg'));
});

test('refuses an image without a file, and one outside the directory', (t) => {
  t.throws(() => imageFile({id: 1}, 'dir', 'images[3]'), {
    name: 'ValueError',
    message: /`images\[3\]` to be an image with/,
  });
  for (const file_name of ['../a.png', '/etc/passwd', 'a/../../b.png', 'C:\\a.png']) {
    t.throws(
      () => imageFile({id: 1, file_name}, 'dir', 'images[0]'),
      {message: /inside of the image directory/},
      file_name,
    );
  }
  t.throws(() => imageFile({id: 1, coco_url: 'http://x/../..'}, 'dir', 'images[0]'), {message: /inside/});
});
