import {escapeHtml} from '../../report/table';

/** A section of a page. */
export interface Section {
  heading: string;
  /** HTML or SVG. */
  content: string;
}

const STYLE = `
  :root { color-scheme: light dark; --line: #8886; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  figure { margin: 1rem 0; overflow-x: auto; }
  table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  caption { text-align: left; padding-bottom: .5rem; opacity: .75; }
  th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line); }
`;

/** Makes a self-contained HTML page. */
export function page(title: string, lead: string, sections: readonly Section[]): string {
  const parts = sections.map(
    ({heading, content}) => `<section><h2>${escapeHtml(heading)}</h2><figure>${content}</figure></section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(lead)}</p>
${parts.join('\n')}
</body>
</html>
`;
}
