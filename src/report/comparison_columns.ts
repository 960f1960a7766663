import {type Check, type Fields, requireFields, requireRecords} from '../core/require_fields';
import {requireInteger} from '../core/require_integer';
import {requireNumberOrNaN} from '../core/require_number_or_nan';
import {requireString, requireStrings} from '../core/require_string';
import type {ComparisonRow, ModelComparisonRow} from './comparison';
import type {Estimate} from './estimate';
import {labelsOf} from './model_runs';
import {requireEstimate} from './require_estimate';
import type {Column} from './table';

const percent = (value: number) => value.toFixed(1);

/**
 * Formats a difference with its sign, using a true minus sign. @throws ValueError for non-numbers, and digits above
 * 100.
 */
export function signed(value: number, digits = 1): string {
  requireNumberOrNaN('value', value);
  requireInteger('digits', digits, 0, 100);
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

const GROUP: Fields = {group: requireString, classes: (path, value) => requireInteger(path, value, 0)};
const GROUP_ROW: Fields = {
  ...GROUP,
  baseline: requireNumberOrNaN,
  eql: requireNumberOrNaN,
  difference: requireNumberOrNaN,
};

const ACCURACY: Fields = {accuracy: requireEstimate, difference: requireEstimate};

/** Makes columns whose cells refuse rows of another type. */
function ofRows<Row>(fields: Fields, columns: readonly Column<Row>[]): Column<Row>[] {
  return columns.map(({cell, ...column}) => ({
    ...column,
    cell: (row) => {
      requireFields('row', row, fields);
      return cell(row);
    },
  }));
}

/** Columns for the rows of `compareGroups`. */
export const comparisonColumns: Column<ComparisonRow>[] = ofRows(GROUP_ROW, [
  {heading: 'accuracy, %', cell: ({group}) => group, align: 'left'},
  {heading: 'classes', cell: ({classes}) => String(classes)},
  {heading: 'cross entropy', cell: ({baseline}) => percent(baseline)},
  {heading: 'EQL', cell: ({eql}) => percent(eql)},
  {heading: 'difference', cell: ({difference}) => signed(difference)},
]);

/**
 * Columns for the rows of `compareModels`: accuracies with their standard deviation over runs, and differences from the
 * first model with their 95 % interval.
 *
 * @param models The models' names, as in the rows.
 * @throws ValueError for invalid names; a cell throws it for a row with fewer models.
 */
export function modelColumns(models: readonly string[]): Column<ModelComparisonRow>[] {
  const labels = labelsOf(requireStrings('models', models));
  const accuracies: Check = (path, value) => requireRecords(path, value, ACCURACY, labels.length);
  return ofRows<ModelComparisonRow>({...GROUP, models: accuracies}, [
    {heading: 'accuracy, %', cell: ({group}) => group, align: 'left'},
    {heading: 'classes', cell: ({classes}) => String(classes)},
    ...labels.map((heading, i) => ({
      heading,
      cell: (row: ModelComparisonRow) => withDeviation(row.models[i].accuracy),
    })),
    ...labels.slice(1).map((label, i) => ({
      heading: labels.length === 2 ? 'difference' : `${label} − ${labels[0]}`,
      cell: (row: ModelComparisonRow) => withInterval(row.models[i + 1].difference),
    })),
  ]);
}

function withDeviation({mean, sd}: Estimate): string {
  return sd === undefined ? percent(mean) : `${percent(mean)} ± ${percent(sd)}`;
}

function withInterval({mean, interval}: Estimate): string {
  if (interval === undefined) return signed(mean);
  return `${signed(mean)} [${interval.map((end) => signed(end)).join(', ')}]`;
}
