import * as Plot from '@observablehq/plot';
import {decades} from './axis';
import {type Box, freePlaces} from './free_places';
import {legend} from './legend';
import type {ClassResult} from './results';
import {drawSvg} from './svg';
import {COLORS, type Setting} from './theme';

// Of more classes, names would only be a grey cloud.
const MOST_NAMES = 200;
const DOT = 4;
const FONT = 9;

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
  const named = results.length <= MOST_NAMES ? placed : [];
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
    Plot.dot(points, {x: 'images', y: 'recall', fill: 'model', r: DOT, stroke: 'none', title: 'name'}),
    Plot.text(
      named,
      Plot.initializer(
        {x: 'images', y: 0, text: 'name', fontSize: FONT, fill: 'currentColor'},
        (data: ClassResult[], facets, _channels, scales, {height, marginBottom}) => {
          const x = ({images}: ClassResult) => scales.x?.(images);
          const ys = ({recall}: ClassResult) =>
            [recall.baseline, recall.eql].map((share) => scales.y?.(100 * share));
          const places = namePlaces(data, x, ys, height - marginBottom);
          return {
            data,
            facets: facets.map((facet) => facet.filter((i) => places[i] != null)),
            channels: {
              x: {value: places.map((place) => place?.x)},
              y: {value: places.map((place) => place?.y)},
            },
          };
        },
      ),
    ),
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

// Above the better of the two dots, else below the other or beside either; a name that would cover dots or another name,
// or reach below the axis, is left out: the dots have it as their title.
function namePlaces(
  results: readonly ClassResult[],
  xOf: (result: ClassResult) => number,
  ysOf: (result: ClassResult) => number[],
  ground: number,
): (Box | null)[] {
  const dots: Box[] = [];
  const labels = results.map((result) => {
    const [x, ys] = [xOf(result), ysOf(result)];
    const [width, height] = [FONT * 0.67 * result.name.length, FONT];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const side = DOT + 1 + width / 2;
    const centres = [
      [x, top - FONT],
      [x, bottom + FONT],
    ];
    for (const y of [top, bottom]) centres.push([x + side, y], [x - side, y]);
    for (const y of ys) dots.push({x, y, width: 2 * DOT, height: 2 * DOT});
    return centres.map(([x, y]) => ({x, y, width, height})).filter(({y}) => y + height / 2 <= ground);
  });
  return freePlaces(labels, dots);
}

// Classes that occur equally often would lie on top of each other: they are set side by side, by a few percent.
function sideBySide(results: readonly ClassResult[]): ClassResult[] {
  const groups = new Map<number, ClassResult[]>();
  for (const result of results) groups.set(result.images, [...(groups.get(result.images) ?? []), result]);
  return [...groups.values()].flatMap((group) => {
    const step = Math.min(0.032, 0.24 / group.length);
    return group.map((result, i) => {
      const place = i - (group.length - 1) / 2;
      return {...result, images: result.images * 10 ** (step * place)};
    });
  });
}
