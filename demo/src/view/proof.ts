import type {Check} from '../protocol';

/** Shows what was compared after loading, one row each. */
export function showProof(box: HTMLElement, checks: readonly Check[]): void {
  const table = document.createElement('table');
  const good = checks.every(({holds}) => holds);
  const caption = good
    ? 'All of it came back, and training can go on: the loaded models are in place of those in memory.'
    : 'Not all of it came back.';
  const head = table.createTHead().insertRow();
  head.append(...['', 'saved', 'loaded', ''].map(headCell));
  const body = table.createTBody();
  for (const {what, saved, loaded, holds} of checks) {
    const row = body.insertRow();
    row.className = holds ? 'holds' : 'differs';
    const name = Object.assign(document.createElement('th'), {textContent: what, scope: 'row'});
    const mark = Object.assign(document.createElement('td'), {textContent: holds ? '✓' : '✗'});
    mark.append(Object.assign(document.createElement('span'), {textContent: holds ? ' same' : ' differs'}));
    mark.className = 'verdict';
    row.append(name, ...[saved, loaded].map(valueCell), mark);
  }
  table.createCaption().textContent = caption;
  box.replaceChildren(table);
}

function headCell(textContent: string): HTMLElement {
  return Object.assign(document.createElement(textContent ? 'th' : 'td'), {textContent});
}

/** Shortens numbers to fit a phone; the comparison uses every digit. */
function valueCell(value: string): HTMLElement {
  const text = /^\d*\.\d+(e.\d+)?$/.test(value) ? Number(value).toPrecision(5) : value;
  return Object.assign(document.createElement('td'), {textContent: text, title: value});
}
