import {inspect} from 'node:util';
import {notebookDisplay} from './display';

/** A picture or a table: already shown if in a notebook, and returned for writing to a file. */
export class Output {
  /** HTML for any page: the picture as an `<img>` with embedded data, or the table. */
  readonly html: string;

  constructor(
    /** The result of `toString`: the SVG document of a picture, the HTML of a table. */
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

// A cell prints the value of its last line: print nothing if the output was shown. Not a method, so that the
// declarations need none of Node's.
Object.defineProperty(Output.prototype, inspect.custom, {
  value(this: Output): string {
    return notebookDisplay() ? '' : this.source;
  },
});

/**
 * As an image, because only that survives: Jupyter's HTML export empties SVG outputs, repository pages remove inline
 * SVG, and untrusted notebooks show neither.
 */
function imageOf(svg: string): string {
  const attribute = (name: string) => svg.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '';
  const data = Buffer.from(svg).toString('base64');
  return (
    `<img src="data:image/svg+xml;base64,${data}" alt="${attribute('aria-label')}" width="${attribute('width')}" ` +
    'style="max-width: 100%; height: auto;">'
  );
}
