import test from 'ava';
import {drawWith, pictureDocument} from '../../src/report/picture_document';

test.serial('draws with the page if there is one; otherwise the error says what to import', (t) => {
  t.throws(() => pictureDocument(), {message: /On Node, import 'tfjs-longtail\/notebook'/});
  const page = {} as Document;
  Object.assign(globalThis, {document: page});
  t.is(pictureDocument(), page);
  const made = {} as Document;
  drawWith(() => made);
  t.is(pictureDocument(), made);
});
