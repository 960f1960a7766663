import {inspect} from 'node:util';
import {notebookDisplay} from './display';

/** A picture or a table: shown already where there is a notebook, and here to be written to a file. */
export class Output {
  /** HTML for any page: the picture as an `<img>` with its data inside, or the table. */
  readonly html: string;

  constructor(
    /** What `toString` gives: the SVG document of a picture, the HTML of a table. */
    readonly source: string,
    kind: 'svg' | 'html',
  ) {
    this.html = kind === 'svg' ? imageOf(source) : source;
    notebookDisplay()?.html(this.html);
  }

  /** The SVG document of a picture, the HTML of a table. */
  toString(): string {
    return this.source;
  }
}

// A cell prints the value of its last line: where the output has been shown, there is nothing to add. Not a method, so
// that the declarations need none of Node's.
Object.defineProperty(Output.prototype, inspect.custom, {
  value(this: Output): string {
    return notebookDisplay() ? '' : this.source;
  },
});

/**
 * As an image, because that is what survives: Jupyter's HTML export empties SVG outputs, pages of repositories remove
 * inline SVG, and untrusted notebooks show neither.
 */
function imageOf(svg: string): string {
  const attribute = (name: string) => svg.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '';
  const data = Buffer.from(svg).toString('base64');
  return (
    `<img src="data:image/svg+xml;base64,${data}" alt="${attribute('aria-label')}" width="${attribute('width')}" ` +
    'style="max-width: 100%; height: auto;">'
  );
}
