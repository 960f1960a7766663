import type {ClassFrequency} from '../../frequency';
import {ConfusionMatrix} from '../../metrics/confusion_matrix';
import {compareModels} from '../../report/comparison';
import {modelColumns} from '../../report/comparison_columns';
import {type ClassResult, classResults} from '../../report/results';
import {type Column, htmlTable, textTable} from '../../report/table';
import {BOUNDS, groupsOf} from '../groups';
import {page} from './page';
import {picture} from './pictures';

/** A model's predictions for the test images, with its name. */
export interface NamedTest {
  name: string;
  predicted: Int32Array;
}

/** Results of models on a test set, as reported by every command that evaluates. */
export interface TestReport {
  /** A table for a terminal. */
  text: string;
  /** Plain JSON. */
  json: object;
  /** A complete page. */
  html(title: string): Promise<string>;
}

/** Evaluates models on the same images. */
export function testReport(
  freqInfo: ClassFrequency,
  actual: Int32Array,
  models: readonly NamedTest[],
): TestReport {
  const results = classResults({freqInfo, actual, predicted: models, bounds: BOUNDS});
  const names = models.map(({name}) => name);
  const groups = groupsOf(freqInfo).map(({name}) => name);
  const rows = compareModels(results, groups, names);
  const balanced = models.map(
    ({predicted}) => new ConfusionMatrix(freqInfo.numClasses).add(actual, predicted).balancedAccuracy,
  );
  const summary = names.map((name, i) => `${name} ${(100 * balanced[i]).toFixed(1)}`).join(', ');
  const text = [
    textTable(rows, modelColumns(names)),
    `balanced accuracy, %: ${summary}  (${actual.length} images)`,
  ].join('\n');
  const json = {
    images: actual.length,
    models: names.map((name, i) => ({
      name,
      balanced_accuracy: balanced[i],
      groups: Object.fromEntries(rows.map((row) => [row.group, row.models[i].accuracy.mean / 100])),
      recall: Object.fromEntries(results.map((result) => [result.name, orNull(result.recall[name])])),
    })),
    classes: results.map(({name, images, group, support}) => ({name, images, group, support})),
  };
  const html = async (title: string) =>
    page(title, `Balanced accuracy, %: ${summary}; ${actual.length} images.`, [
      {heading: 'By group', content: htmlTable(rows, modelColumns(names), 'Accuracy of test images')},
      {
        heading: 'By class',
        content: await picture(({recallByFrequency}) =>
          recallByFrequency(results, {setting: 'inline', models: names}),
        ),
      },
      {heading: 'Classes', content: htmlTable(results, classColumns(names), 'Recall of each class, %')},
      {
        heading: 'The training data',
        content: await picture(({classFrequencies}) =>
          classFrequencies(freqInfo, {setting: 'inline', bounds: BOUNDS}),
        ),
      },
    ]);
  return {text, json, html};
}

function classColumns(models: readonly string[]): Column<ClassResult>[] {
  return [
    {heading: 'class', cell: ({name}) => name, align: 'left'},
    {heading: 'group', cell: ({group}) => group, align: 'left'},
    {heading: 'training images', cell: ({images}) => String(images)},
    {heading: 'test images', cell: ({support}) => String(support)},
    ...models.map((model) => ({
      heading: model,
      cell: ({recall}: ClassResult) => (Number.isNaN(recall[model]) ? '–' : (100 * recall[model]).toFixed(1)),
    })),
  ];
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
