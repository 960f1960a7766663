import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';

/** A block of TypeScript in the documentation, and where its first line is. */
export interface Example {
  /** Path of the file, from the root of the repository. */
  file: string;
  /** 1-based. */
  line: number;
  code: string;
}

export const ROOT = join(__dirname, '../..');

/** All examples: in the doc comments of `src`, the README and the guides. */
export function collectExamples(): Example[] {
  const guides = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const sources = readdirSync(join(ROOT, 'src'), {recursive: true, encoding: 'utf8'}).filter((name) =>
    name.endsWith('.ts'),
  );
  return [
    ...['README.md', ...guides.map((name) => join('docs', name))].flatMap((file) =>
      examplesOfMarkdown(file, read(file)),
    ),
    ...sources
      .sort()
      .map((name) => join('src', name))
      .flatMap((file) => examplesOfSource(file, read(file))),
  ];
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function examplesOfMarkdown(file: string, text: string): Example[] {
  return blocksOf(text.split('\n')).map(({line, code}) => ({file, line, code}));
}

/** Fenced `ts` blocks of doc comments, and what follows an `@example` without a fence. */
export function examplesOfSource(file: string, text: string): Example[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const comments = new Map<number, ts.JSDoc>();
  const visit = (node: ts.Node): void => {
    for (const doc of ts.getJSDocCommentsAndTags(node)) if (ts.isJSDoc(doc)) comments.set(doc.pos, doc);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...comments.values()].flatMap(({pos, end}) => {
    const before = source.getLineAndCharacterOfPosition(pos).line;
    const lines = text.slice(pos, end).split('\n').map(withoutStars);
    return blocksOf(lines).map(({line, code}) => ({file, line: before + line, code}));
  });
}

function withoutStars(line: string): string {
  return line
    .replace(/\*\/\s*$/, '')
    .replace(/^\s*(\/\*)?\*? ?/, '')
    .trimEnd();
}

function blocksOf(lines: string[]): {line: number; code: string}[] {
  const blocks: {line: number; code: string}[] = [];
  for (let i = 0; i < lines.length; ++i) {
    const end = endOfBlock(lines, i);
    if (end === undefined) continue;
    blocks.push({
      line: i + 2,
      code: lines
        .slice(i + 1, end)
        .join('\n')
        .trimEnd(),
    });
    // Not past a tag that ends one block and begins the next.
    i = end - 1;
  }
  return blocks;
}

/** The line that ends the block which line `i` begins, if it does. */
function endOfBlock(lines: string[], i: number): number | undefined {
  const next = (ends: (line: string) => boolean) => {
    const end = lines.findIndex((line, k) => k > i && ends(line));
    return end === -1 ? lines.length : end;
  };
  if (/^\s*```(ts|typescript)$/.test(lines[i])) return next((line) => line.trim() === '```');
  if (lines[i] !== '@example') return undefined;
  const end = next((line) => line.startsWith('@'));
  const isFenced = lines.slice(i, end).some((line) => line.startsWith('```'));
  return isFenced ? undefined : end;
}
