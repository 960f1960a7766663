import * as Plot from '@observablehq/plot';
import {decades} from './axis';
import {legend} from './legend';
import type {ClassResult} from './results';
import {drawSvg} from './svg';
import {COLORS, type Setting} from './theme';

// Of more classes, names would only be a grey cloud.
const MOST_NAMES = 200;

export interface RecallFigureOptions {
  setting?: Setting;
  /** Images below which the loss counts a class as rare: λ · all images. Drawn as a line. */
  threshold?: number;
}

/**
 * Each class's recall under both models against the samples it has for training: two dots a class, joined, so that
 * what the loss did to the class is the line between them.
 */
export function recallByFrequency(
  results: readonly ClassResult[],
  options: RecallFigureOptions = {},
): string {
  const {setting = 'standalone', threshold} = options;
  const placed = sideBySide(results);
  const named = placed.filter(
    ({crowded, recall}) => results.length <= MOST_NAMES && (!crowded || recall.baseline + recall.eql > 0),
  );
  const points = placed.flatMap(({name, images, recall}) => [
    {name, images, recall: 100 * recall.baseline, model: 'cross entropy'},
    {name, images, recall: 100 * recall.eql, model: 'EQL'},
  ]);
  const spans = placed.map(({images, recall}) => ({
    images,
    from: 100 * recall.baseline,
    to: 100 * recall.eql,
  }));
  const marks: Plot.Markish[] = [
    Plot.ruleX(spans, {x: 'images', y1: 'from', y2: 'to', stroke: COLORS.rule, strokeOpacity: 0.6}),
    Plot.dot(points, {x: 'images', y: 'recall', fill: 'model', r: 4, stroke: 'none', title: 'name'}),
    // Above the better of the two dots. Where many classes lie on the ground side by side there is no room for names.
    Plot.text(named, {
      x: 'images',
      y: ({recall}: ClassResult) => 100 * Math.max(recall.baseline, recall.eql),
      text: 'name',
      dy: -9,
      fontSize: 9,
      fill: 'currentColor',
    }),
  ];
  if (threshold != null && threshold > 0) {
    marks.push(
      Plot.ruleX([threshold], {stroke: 'currentColor', strokeDasharray: '4,4'}),
      Plot.text([threshold], {
        x: (x: number) => x,
        text: () => 'λ: rare ←',
        frameAnchor: 'top',
        textAnchor: 'end',
        dx: -6,
        dy: -14,
        fill: 'currentColor',
      }),
    );
  }
  return drawSvg(
    {
      width: 860,
      height: 460,
      marginTop: 64,
      marginLeft: 52,
      marginBottom: 46,
      ariaLabel: 'Recall of each class against its number of training samples, under cross entropy and EQL',
      x: {
        type: 'log',
        label: 'training samples of the class',
        grid: true,
        tickFormat: (x: number) => x.toLocaleString('en'),
        ticks: decades(1, Math.max(...results.map(({images}) => images))),
      },
      y: {label: 'recall on the test set, %', grid: true, domain: [0, 100]},
      color: {domain: ['cross entropy', 'EQL'], range: [COLORS.baseline, COLORS.eql]},
      marks: [
        ...marks,
        ...legend([
          {label: 'cross entropy', color: COLORS.baseline},
          {label: 'EQL', color: COLORS.eql},
        ]),
      ],
    },
    setting,
  );
}

// Classes that occur equally often would lie on top of each other: they are set side by side, by a few percent.
function sideBySide(results: readonly ClassResult[]): (ClassResult & {crowded: boolean})[] {
  const groups = new Map<number, ClassResult[]>();
  for (const result of results) groups.set(result.images, [...(groups.get(result.images) ?? []), result]);
  return [...groups.values()].flatMap((group) => {
    const step = Math.min(0.032, 0.24 / group.length);
    return group.map((result, i) => {
      const place = i - (group.length - 1) / 2;
      return {...result, images: result.images * 10 ** (step * place), crowded: step < 0.02};
    });
  });
}
