import {escapeHtml} from '../../src/report/table';

/** A part of a report: a heading, a sentence or two, and figures or tables as HTML or SVG. */
export interface Section {
  heading: string;
  text: string;
  content: string;
}

const STYLE = `
  :root { color-scheme: light dark; --line: #8886; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { line-height: 1.2; }
  h2 { margin-top: 2.5rem; }
  figure { margin: 1rem 0; overflow-x: auto; }
  table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  caption { text-align: left; padding-bottom: .5rem; opacity: .75; }
  th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line); }
  footer { margin-top: 3rem; opacity: .75; font-size: .9rem; }
`;

/** A single self-contained HTML file, readable in light and dark mode, on screen and on paper. */
export function reportHtml(
  title: string,
  lead: string,
  sections: readonly Section[],
  footer: string,
): string {
  const parts = sections.map(
    ({heading, text, content}) =>
      `<section><h2>${escapeHtml(heading)}</h2><p>${escapeHtml(text)}</p><figure>${content}</figure></section>`,
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
<footer>${escapeHtml(footer)}</footer>
</body>
</html>
`;
}
