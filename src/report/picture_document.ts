let make: (() => Document) | undefined;

/** Sets the maker of documents to draw with if there is no page. */
export function drawWith(maker: () => Document): void {
  make = maker;
}

/** Returns a document to draw with: the maker's, or the page's own. @throws Error if there is neither. */
export function pictureDocument(): Document {
  if (make !== undefined) return make();
  if (typeof document !== 'undefined') return document;
  throw new Error(
    "tfjs-longtail/report draws in pages. On Node, import 'tfjs-longtail/notebook', which draws with linkedom.",
  );
}
