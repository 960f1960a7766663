const {join} = require('node:path');

const ROOT = join(__dirname, '../..');

/** The first line of a mutant's original text; lines and columns count from 1. */
function textAt(text, {start, end}) {
  const line = text.split('\n')[start.line - 1];
  return line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
}

module.exports = {
  ROOT,
  OUT: join(ROOT, 'out/mutate'),
  // 10 needs Node 22.
  STRYKER: '@stryker-mutator/core@9',
  // Skip messages: tests check only the words that matter.
  EXCLUDED: ['StringLiteral'],
  /** The test file of a source file. */
  mirrorOf: (source) => source.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts'),
  textAt,
};
