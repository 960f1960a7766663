import {createRequire} from 'node:module';
import test from 'ava';
import fc from 'fast-check';
import {ClassFrequency} from '../../src/frequency';
import {
  classFrequencies,
  classResults,
  confusionMatrix,
  gradientShares,
  historyFigure,
  recallByFrequency,
} from '../../src/report/on_node';
import {printable} from '../../src/report/text';
import {readFigure} from '../helpers/figure';

// resvg parses strictly: it throws for malformed SVG.
const {Resvg} = createRequire(__filename)('@resvg/resvg-js') as typeof import('@resvg/resvg-js');

const name = fc.oneof(
  fc.string({maxLength: 20}),
  fc.string({unit: 'binary', maxLength: 8}),
  fc.constantFrom('', '<b>&"\'', '犬小屋', 'a'.repeat(300), '__proto__', '1', '\u00a0', '\u0000'),
);
const names = (least: number, most: number) =>
  fc.uniqueArray(name, {minLength: least, maxLength: most, selector: (text) => text});

/** Whether a text, a title or the label of the picture contains `wanted`, possibly truncated. */
function says(svg: string, wanted: string): boolean {
  const {all, label} = readFigure(svg);
  const found = [...all('text, title').map((element) => element.textContent ?? ''), label ?? ''];
  return found.some((text) => text.includes(printable(wanted)));
}

/** Whether all rectangles lie within the picture. */
function within(svg: string): boolean {
  const [, width, height] = svg.match(/width="([\d.]+)" height="([\d.]+)"/)!.map(Number);
  return readFigure(svg)
    .all('g[aria-label] rect')
    .every((rect) => {
      const of = (key: string) => Number(rect.getAttribute(key));
      return (
        of('x') >= -1e-6 &&
        of('y') >= -1e-6 &&
        of('x') + of('width') <= width + 1e-6 &&
        of('y') + of('height') <= height + 1e-6
      );
    });
}

test('property: pictures of any models and classes are well-formed and contain every name', (t) => {
  fc.assert(
    fc.property(
      names(1, 10),
      names(2, 12),
      fc.infiniteStream(fc.nat(1000)),
      (models, classNames, numbers) => {
        const next = () => numbers.next().value as number;
        const classes = classNames.length;
        const freqInfo = new ClassFrequency({
          imageCounts: classNames.map(() => 1 + next()),
          numImages: 2000,
          classNames,
        });
        const actual = Array.from({length: 3 * classes}, (_, i) => i % classes);
        const predicted = models.map((name) => ({
          name,
          predicted: [0, 1].map(() => actual.map(() => next() % classes)),
        }));
        const results = classResults({freqInfo, actual, predicted});
        const gradients = classNames.map(() => ({positive: next(), negative: next(), background: 1}));
        const pictures = {
          recall: recallByFrequency(results, {models}),
          history: historyFigure(
            models.map((name) => ({name, history: [{loss: [next(), 1]}, {loss: [2, next()]}]})),
          ),
          confusion: confusionMatrix(actual, predicted[0].predicted[0], {classNames}),
          frequencies: classFrequencies(freqInfo),
          gradients: gradientShares(Object.fromEntries(models.map((name) => [name, gradients]))),
        };
        for (const [kind, svg] of Object.entries(pictures)) {
          t.notThrows(() => new Resvg(svg, {font: {loadSystemFonts: false}}), kind);
          t.true(within(svg), kind);
        }
        for (const kind of ['recall', 'history', 'gradients'] as const) {
          for (const model of models)
            t.true(says(pictures[kind], model), `${kind}: ${JSON.stringify(model)}`);
        }
        for (const kind of ['recall', 'confusion', 'frequencies'] as const) {
          for (const wanted of classNames)
            t.true(says(pictures[kind], wanted), `${kind}: ${JSON.stringify(wanted)}`);
        }
      },
    ),
    {numRuns: 25},
  );
});
