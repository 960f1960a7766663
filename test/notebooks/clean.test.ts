import test from 'ava';
import {type Cell, clean, type Notebook, notebookText} from '../../notebooks/run/clean';

const cell = (outputs: Cell['outputs'], more: Partial<Cell> = {}): Cell => ({
  cell_type: 'code',
  id: 'one',
  metadata: {collapsed: true, execution: {'iopub.status.busy': '2026-01-01'}},
  source: 'a\nb',
  execution_count: 17,
  outputs,
  ...more,
});

function cleaned(...cells: Cell[]): Notebook {
  return clean({
    cells,
    metadata: {language_info: {version: '3.7.2'}, widgets: {}},
    nbformat: 4,
    nbformat_minor: 2,
  });
}

test('what differs from run to run is gone, what a reader sees is kept', (t) => {
  const data = {'text/html': ['<p>', 'x</p>']};
  const {cells, metadata, nbformat_minor} = cleaned(
    {cell_type: 'markdown', id: 'text', metadata: {tags: []}, source: ['# A\n', 'b']},
    cell([{output_type: 'display_data', data, metadata: {width: 3}}]),
    cell([]),
  );
  t.deepEqual(cells, [
    {cell_type: 'markdown', id: 'text', metadata: {}, source: ['# A\n', 'b']},
    {
      cell_type: 'code',
      id: 'one',
      metadata: {},
      source: ['a\n', 'b'],
      execution_count: 1,
      outputs: [{data, metadata: {}, output_type: 'display_data'}],
    },
    {cell_type: 'code', id: 'one', metadata: {}, source: ['a\n', 'b'], execution_count: 2, outputs: []},
  ]);
  t.deepEqual(metadata.kernelspec, {display_name: 'TypeScript', language: 'typescript', name: 'tslab'});
  t.is(nbformat_minor, 5);
});

test('pieces of one stream are put together, and a stream of nothing is dropped', (t) => {
  const stream = (name: string, text: string | string[]) => ({output_type: 'stream', name, text});
  const {cells} = cleaned(
    cell([
      stream('stdout', 'a'),
      stream('stdout', ['b\n', 'c']),
      stream('stderr', 'd\n'),
      stream('stdout', '\n'),
    ]),
  );
  t.deepEqual(cells[0].outputs, [
    {name: 'stdout', output_type: 'stream', text: ['ab\n', 'c']},
    {name: 'stderr', output_type: 'stream', text: ['d\n']},
  ]);
});

test('cleaning twice is cleaning once, and the text is JSON with a final line break', (t) => {
  const once = cleaned(cell([{output_type: 'stream', name: 'stdout', text: 'x\ny\n'}]));
  t.deepEqual(clean(once), once);
  const text = notebookText(once);
  t.deepEqual(JSON.parse(text), once);
  t.true(text.endsWith('}\n'));
});
