import test from 'ava';
import {drawWith, pictureDocument} from '../../src/report/picture_document';

test.serial('the page draws where there is one; elsewhere it is said what does', (t) => {
  t.throws(() => pictureDocument(), {message: /On Node, import 'tfjs-longtail\/notebook'/});
  const page = {} as Document;
  Object.assign(globalThis, {document: page});
  t.is(pictureDocument(), page);
  const made = {} as Document;
  drawWith(() => made);
  t.is(pictureDocument(), made);
});
