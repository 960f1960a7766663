/** The part of Jupyter's notebook format (nbformat 4) that is written here. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

export interface Cell {
  cell_type: 'code' | 'markdown' | 'raw';
  id?: string;
  metadata: Record<string, unknown>;
  source: string | string[];
  execution_count?: number | null;
  outputs?: Output[];
}

export interface Output {
  output_type: string;
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

/**
 * An executed notebook as it is committed: without what differs from one run to the next for no reason of its own, so that a
 * change in the file is a change in what a reader sees.
 */
export function clean(notebook: Notebook): Notebook {
  let count = 0;
  const cells = notebook.cells.map(({cell_type, id, source, outputs = []}): Cell => {
    const common = {cell_type, ...(id !== undefined && {id}), metadata: {}, source: lines(source)};
    if (cell_type !== 'code') return common;
    return {...common, execution_count: ++count, outputs: cleanOutputs(outputs)};
  });
  return {
    cells,
    metadata: {
      kernelspec: {display_name: 'TypeScript', language: 'typescript', name: 'tslab'},
      language_info: {file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript'},
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** A notebook as the text of its file, in Jupyter's own layout. */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

// What a cell prints comes in pieces of any size; what shows itself prints an empty line.
function cleanOutputs(outputs: readonly Output[]): Output[] {
  const kept: Output[] = [];
  for (const {output_type, name, text, data} of outputs) {
    const last = kept[kept.length - 1];
    if (output_type !== 'stream') kept.push({data, metadata: {}, output_type} as Output);
    else if (last?.output_type === 'stream' && last.name === name)
      last.text = lines(joined(last.text) + joined(text));
    else kept.push({name, output_type, text: lines(text)});
  }
  return kept.filter(({output_type, text}) => output_type !== 'stream' || joined(text).trim() !== '');
}

function joined(text: string | string[] = ''): string {
  return Array.isArray(text) ? text.join('') : text;
}

/** Text as nbformat has it: lines that keep their line breaks. */
function lines(text: string | string[] = ''): string[] {
  return joined(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
