let make: (() => Document) | undefined;

/** Has pictures drawn with the elements of the documents that `maker` gives, where there is no page. */
export function drawWith(maker: () => Document): void {
  make = maker;
}

/** A document to draw with: of the maker, or the page's own. @throws Error where there is neither. */
export function pictureDocument(): Document {
  if (make !== undefined) return make();
  if (typeof document !== 'undefined') return document;
  throw new Error(
    "tfjs-longtail/report draws in pages. On Node, import 'tfjs-longtail/notebook', which draws with linkedom.",
  );
}
