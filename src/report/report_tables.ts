import type {ModelReport, ReportScores} from './report_rows';
import {type Column, htmlTable, textTable} from './table';

/** More classes than this are left out of text; JSON and HTML have all. */
const MOST_CLASSES = 60;

/** A row of a table: a class, a group or a mean. */
interface Line extends Partial<ReportScores> {
  name: string;
}

// NaN is null in JSON.
const share = (value: number | null | undefined) =>
  value === undefined ? '' : value === null || Number.isNaN(value) ? '–' : value.toFixed(3);

const columnsOf = (model: string): Column<Line>[] => [
  {heading: model, cell: ({name}) => name, align: 'left'},
  {heading: 'precision', cell: ({precision}) => share(precision)},
  {heading: 'recall', cell: ({recall}) => share(recall)},
  {heading: 'F1', cell: ({f1}) => share(f1)},
  {heading: 'support', cell: ({support}) => support?.toLocaleString('en') ?? ''},
];

/** All rows but the classes. */
function summary({groups = [], accuracy, micro, macro, weighted}: ModelReport): Line[] {
  return [
    ...groups.map(({name, classes, ...scores}) => ({
      ...scores,
      name: `${name} (${classes.toLocaleString('en')} ${classes === 1 ? 'class' : 'classes'})`,
    })),
    ...(accuracy === undefined
      ? [{name: 'micro average', ...micro}]
      : [{name: 'accuracy', f1: accuracy, support: macro.support}]),
    {name: 'macro average', ...macro},
    {name: 'weighted average', ...weighted},
  ];
}

/** F1 of groups and averages, one column per model. */
function comparison(models: readonly ModelReport[]): {rows: number[]; columns: Column<number>[]} {
  const lines = models.map(summary);
  return {
    rows: [...lines[0].keys()],
    columns: [
      {heading: 'F1', cell: (row) => lines[0][row].name, align: 'left'},
      ...models.map(({name}, i) => ({heading: name, cell: (row: number) => share(lines[i][row].f1)})),
    ],
  };
}

/** Tables for a terminal. */
export function reportText(models: readonly ModelReport[]): string {
  const tables = models.map((model) => {
    const {classes} = model;
    const isLong = classes.length > MOST_CLASSES;
    const table = textTable<Line>([...(isLong ? [] : classes), ...summary(model)], columnsOf(model.name));
    return isLong
      ? `${table}\n(${classes.length.toLocaleString('en')} classes: see toJSON() or html)`
      : table;
  });
  if (models.length > 1) {
    const {rows, columns} = comparison(models);
    tables.push(textTable(rows, columns));
  }
  return tables.join('\n\n');
}

/** Tables for a page; long ones are collapsed. */
export function reportHtml(models: readonly ModelReport[]): string {
  const tables = models.map((model) => {
    const columns = columnsOf(model.name);
    const classes = htmlTable<Line>(model.classes, columns, 'classes');
    const all = `${model.classes.length.toLocaleString('en')} classes`;
    const folded = `<details${model.classes.length > MOST_CLASSES ? '' : ' open'}><summary>${all}</summary>${classes}</details>`;
    return `${htmlTable(summary(model), columns, '')}\n${folded}`;
  });
  if (models.length > 1) {
    const {rows, columns} = comparison(models);
    tables.unshift(htmlTable(rows, columns, ''));
  }
  return `<div class="longtail-report">\n${tables.join('\n')}\n</div>`;
}
