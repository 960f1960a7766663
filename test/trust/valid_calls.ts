import * as tf from '@tensorflow/tfjs';
import {parseHTML} from 'linkedom';
import {ClassFrequency, LVIS_GROUPS} from '../../src/frequency';
import {ClassificationReport, classResults, comparisonColumns} from '../../src/report';

/** Arguments that a function takes, and the options behind them where it has some. */
export interface ValidCall {
  args: readonly unknown[];
  options?: Readonly<Record<string, unknown>>;
}

const classNames = ['cat', 'owl', 'yak'];
const freqInfo = new ClassFrequency({imageCounts: [150, 60, 2], numImages: 200, classNames});
const actual = [0, 1, 2, 2];
const taken = [0, 1, 1, 2];
const predicted = [
  {name: 'baseline', predicted: [taken, actual]},
  {name: 'eql', predicted: actual},
];
const bounds = LVIS_GROUPS.map((group) => ({...group}));
const groups = bounds.map(({name}) => name);
const look = {setting: 'inline', width: 500};
const estimates = {rare: {mean: 4, sd: 1, interval: [2, 6]}, overall: {mean: 1}};
const results = classResults({freqInfo, actual, predicted});
const runs = [{name: 'a', run: [{history: {loss: [2, 1], val_loss: [3, 2]}}, {loss: [2]}]}];
const gradients = {loss: [{positive: 1, negative: 2, background: 3}]};
const calibrations = [{name: 'm', bins: [{confidence: 0.8, accuracy: 0.5, samples: 4}], error: 0.3}];
const curves = [
  {name: 'm', groups: [{group: 'rare', averagePrecision: 1, points: [{recall: 1, precision: 1}]}]},
];
const scores = {precision: 1, recall: 0.5, f1: 0.7, support: 2};
const reports = [
  {
    name: 'm',
    classes: [{...scores, name: 'cat', group: 'rare', predicted: 2}],
    groups: [{...scores, name: 'rare', classes: 1}],
    accuracy: 0.5,
    micro: scores,
    macro: scores,
    weighted: scores,
  },
];
const rows = [{group: 'rare', classes: 1, baseline: 1, eql: 2, difference: 1}];
const columns = comparisonColumns.map((column) => ({...column}));

/** Whatever it is given: what a model makes of wrong inputs is not asked. */
const model = {
  predict: () =>
    tf.tensor2d([
      [1, 0, 0],
      [0, 2, 1],
      [1, 0, 2],
    ]),
};

const judged = (more: object) => ({
  args: [model, {xs: tf.zeros([3, 1]), ys: tf.tensor1d([0, 1, 2], 'int32')}],
  options: {fromLogits: true, ignoreLabel: 255, output: 0, classNames, ...more},
});

/** What `show` takes and, behind an element, `draw`. */
const pictures: Record<string, ValidCall> = {
  frequency: {args: [freqInfo], options: {lambda: 0.05, bounds}},
  tailRatio: {args: [freqInfo], options: {marks: {here: 0.05}}},
  history: {args: [runs]},
  recallByFrequency: {
    args: [],
    options: {freqInfo, actual, predicted, bounds, lambda: 0.05, detail: 'classes'},
  },
  comparison: {args: [], options: {freqInfo, actual, predicted, bounds, caption: 'a caption'}},
  confusion: {args: [], options: {actual, predicted: taken, classNames, classes: [0, 1], groups}},
  confusedPairs: {args: [], options: {actual, predicted: taken, classNames, k: 3}},
  reliability: {args: [calibrations]},
  precisionRecall: {args: [curves]},
  report: {args: [new ClassificationReport(reports)]},
  gradients: {args: [gradients], options: {rareFrom: 1}},
};

const {document} = parseHTML('<html><body></body></html>');
const element = () => document.createElement('div');

function under(name: string, calls: Record<string, ValidCall>): Record<string, ValidCall> {
  return Object.fromEntries(Object.entries(calls).map(([key, call]) => [`${name}.${key}`, call]));
}

/** A valid call of each function and class of `tfjs-longtail/report` and `tfjs-longtail/notebook`, with new tensors. */
export const validCalls = (): Readonly<Record<string, ValidCall>> => ({
  calibration: judged({bins: 5, activation: 'softmax'}),
  chooseThresholds: judged({maximize: ({tp}: {tp: number}) => tp}),
  classificationReport: judged({freqInfo, bounds, threshold: [0, 0, 0]}),
  precisionRecall: judged({freqInfo, bounds, activation: 'softmax'}),
  ClassificationReport: {args: [reports]},
  classFrequencies: {args: [freqInfo], options: {lambda: 0.05, bounds, ...look}},
  classResults: {args: [], options: {freqInfo, actual, predicted, bounds}},
  compareGroups: {args: [results, groups]},
  compareModels: {args: [results, groups, ['baseline', 'eql']]},
  confusedPairs: {args: [actual, taken], options: {classNames, k: 3, ...look}},
  confusionMatrix: {args: [actual, taken], options: {classNames, classes: [0, 1], groups, ...look}},
  escapeHtml: {args: ['<']},
  estimate: {args: [[1, 2]]},
  gradientShares: {args: [gradients], options: {rareFrom: 1, ...look}},
  historyFigure: {args: [[{name: 'a', history: [{loss: [2, 1], val_loss: [3, 2]}]}]], options: look},
  htmlTable: {args: [rows, columns, 'a caption']},
  intervalFigure: {args: [[{name: 'EQL', values: estimates}]], options: {label: 'points', ...look}},
  modelColumns: {args: [['baseline', 'eql']]},
  mostConfused: {args: [actual, taken, 3]},
  precisionRecallCurves: {args: [curves], options: look},
  recallByFrequency: {
    args: [results],
    options: {detail: 'bins', threshold: 3, models: ['baseline', 'eql'], ...look},
  },
  reliabilityDiagram: {args: [calibrations], options: look},
  signed: {args: [1.5, 1]},
  sweepFigure: {
    args: [[{value: 0.1, results: estimates}]],
    options: {parameter: 'λ', label: 'points', ...look},
  },
  tailRatioCurve: {args: [freqInfo], options: {marks: {here: 0.05}, ...look}},
  textTable: {args: [rows, columns]},
  ...under('show', pictures),
  'show.table': {args: [[{a: 1.5, b: 'x', c: true}]], options: {caption: 'a caption', digits: 1}},
  ...under(
    'draw',
    Object.fromEntries(
      Object.entries(pictures).map(([name, {args, options}]) => [
        name,
        {args: [element(), ...args], options},
      ]),
    ),
  ),
  ...Object.fromEntries(columns.map((_, i) => [`comparisonColumns[${i}].cell`, {args: rows}])),
});
