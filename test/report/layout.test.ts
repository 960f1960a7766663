import test from 'ava';
import fc from 'fast-check';
import {ClassFrequency} from '../../src/frequency';
import {
  classFrequencies,
  confusedPairs,
  confusionMatrix,
  gradientShares,
  historyFigure,
  intervalFigure,
  precisionRecallCurves,
  recallByFrequency,
  reliabilityDiagram,
  sweepFigure,
  tailRatioCurve,
} from '../../src/report/on_node';
import {classResults} from '../../src/report/results';
import {type TextBox, textBoxes} from '../helpers/text_boxes';

// Names of one letter or of 25, broad and narrow.
const letters = fc.constantFrom('a', 'i', 'm', 'W', '1', ' ', '-', 'e', 'Ж');
const name = fc.oneof(
  fc.string({unit: letters, minLength: 1, maxLength: 1}),
  fc.string({unit: letters, minLength: 25, maxLength: 25}),
);

interface Case {
  classNames: string[];
  models: string[];
  width: number;
}

const cases = fc.record({
  classNames: fc.oneof(
    fc.uniqueArray(name, {minLength: 2, maxLength: 2}),
    fc.uniqueArray(name, {minLength: 3, maxLength: 40}),
    fc.constant(Array.from({length: 1203}, (_, j) => `category ${j}`)),
  ),
  models: fc.uniqueArray(name, {minLength: 1, maxLength: 5}),
  width: fc.constantFrom(280, 328, 375, 600, 900),
});

const interval = (mean: number) => ({mean, interval: [mean - 1, mean + 2] as const});

const pictures: Record<string, (of: Case) => string> = {
  history: ({models, width}) =>
    historyFigure(
      models.map((name) => ({
        name,
        history: {loss: [2, 1, 0.5], val_loss: [2, 1.5, 1], accuracy: [0.1, 0.2, 0.6]},
      })),
      {width},
    ),
  frequencies: (of) => classFrequencies(frequencies(of), {lambda: 0.01, width: of.width}),
  'tail ratio': (of) =>
    tailRatioCurve(frequencies(of), {
      marks: Object.fromEntries(of.models.map((name, i) => [name, 10 ** (-i - 1)])),
      width: of.width,
    }),
  recall: (of) => {
    const {actual, predicted} = judged(of);
    const named = of.models.map((name) => ({name, predicted}));
    const results = classResults({freqInfo: frequencies(of), actual, predicted: named});
    return recallByFrequency(results, {models: of.models, threshold: 20, width: of.width});
  },
  confusion: (of) => {
    const {actual, predicted} = judged(of);
    const groups = of.classNames.map((_, j) => (j % 2 === 0 ? 'rare' : 'frequent'));
    const many = of.classNames.length > 40 ? {groups} : {};
    return confusionMatrix(actual, predicted, {classNames: of.classNames, width: of.width, ...many});
  },
  'confused pairs': (of) => {
    const {actual, predicted} = judged(of);
    return confusedPairs(actual, predicted, {classNames: of.classNames, width: of.width});
  },
  reliability: ({models, width}) =>
    reliabilityDiagram(
      models.map((name) => ({name, error: 0.123, bins: [{confidence: 0.5, accuracy: 0.4, samples: 10}]})),
      {width},
    ),
  'precision and recall': ({models, width}) =>
    precisionRecallCurves(
      models.map((name) => ({
        name,
        groups: ['rare', 'common', 'frequent'].map((group) => ({
          group,
          averagePrecision: 0.5,
          points: [0, 1].map((recall) => ({recall, precision: 1 - recall / 2, score: 0.5})),
        })),
      })),
      {width},
    ),
  gradients: ({classNames, models, width}) =>
    gradientShares(
      models.map((name) => ({
        name,
        classes: classNames.map((_, j) => ({positive: j, negative: 1, background: 1})),
      })),
      {rareFrom: Math.floor(classNames.length * 0.9), width},
    ),
  intervals: ({models, width}) =>
    intervalFigure(
      models.map((name, i) => ({
        name,
        values: {rare: interval(i), common: interval(-i), frequent: interval(0), overall: interval(2)},
      })),
      {label: 'points against the first model', width},
    ),
  sweep: ({models, width}) =>
    sweepFigure(
      [0, 1e-5, 3e-5, 1e-4, 1e-3, 0.01, 0.1].map((value, i) => ({
        value,
        results: Object.fromEntries(models.map((name) => [name, interval(i)])),
      })),
      {parameter: 'λ of EQL', label: 'accuracy, %', width},
    ),
};

function frequencies({classNames}: Case): ClassFrequency {
  const imageCounts = classNames.map((_, j) => Math.ceil(2000 * 0.001 ** (j / (classNames.length - 1))));
  return new ClassFrequency({imageCounts, numImages: imageCounts.reduce((a, b) => a + b, 0), classNames});
}

function judged({classNames}: Case): {actual: number[]; predicted: number[]} {
  const actual = Array.from({length: 3 * classNames.length}, (_, i) => i % classNames.length);
  return {actual, predicted: actual.map((j, i) => (i % 4 === 0 ? (j * 7 + i) % classNames.length : j))};
}

const SLACK = 0.75;

function overlap(a: TextBox, b: TextBox): boolean {
  const [wide, high] = [
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  ];
  return wide > SLACK && high > SLACK;
}

for (const [kind, picture] of Object.entries(pictures)) {
  test(`property: ${kind}: no text leaves the picture or covers another, and no picture is wider than asked`, (t) => {
    fc.assert(
      fc.property(cases, (of) => {
        const svg = picture(of);
        const [, width, height] = svg.match(/width="([\d.]+)" height="([\d.]+)"/)!.map(Number);
        t.true(width <= of.width, `${width} > ${of.width}`);
        const boxes = textBoxes(svg);
        t.true(boxes.length > 2);
        for (const [i, box] of boxes.entries()) {
          const inside =
            box.left >= -SLACK &&
            box.right <= width + SLACK &&
            box.top >= -SLACK &&
            box.bottom <= height + SLACK;
          t.true(inside, `${JSON.stringify(box)} in ${width} × ${height}`);
          const other = boxes.slice(0, i).find((before) => overlap(before, box));
          t.is(other, undefined, JSON.stringify(box));
        }
      }),
      {numRuns: 12, seed: 14},
    );
  });
}
