import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';

/** Returns a function that writes a file into a directory removed after the tests, and returns its path. */
export function writer(): (name: string, content: string | Uint8Array) => string {
  const directory = mkdtempSync(join(tmpdir(), 'lvis-'));
  test.after.always(() => rmSync(directory, {recursive: true}));
  return (name, content) => {
    const file = join(directory, name);
    writeFileSync(file, content);
    return file;
  };
}

/** Two images of 3 × 2 pixels, categories 3 and 8, four objects, one of them a crowd; one image has a mask. */
export function annotationFile() {
  const square = [[0, 0, 0, 1, 1, 1, 1, 0]];
  const common = {area: 1, bbox: [1, 0, 2, 1.5]};
  return {
    info: {year: 2026},
    annotations: [
      {...common, id: 1, image_id: 9, category_id: 8, segmentation: square},
      {...common, id: 2, image_id: 9, category_id: 8, segmentation: {size: [2, 3], counts: 'abc'}},
      {...common, id: 3, image_id: 9, category_id: 3, iscrowd: 1, segmentation: square},
      {...common, id: 4, image_id: 2, category_id: 3, bbox: [0, 0, 3, 2], segmentation: square},
    ],
    images: [
      {id: 9, height: 2, width: 3, file_name: 'nine.png'},
      {id: 2, height: 2, width: 3, coco_url: 'http://images.cocodataset.org/train2017/000000000002.jpg'},
      {id: 4, height: 2, width: 3, file_name: 'four.png'},
    ],
    categories: [
      {id: 8, name: 'owl'},
      {id: 3, name: 'cat'},
    ],
  };
}
