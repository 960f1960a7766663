import {inspect} from 'node:util';
import test from 'ava';
import {ClassFrequency} from '../../src/frequency';
import {show} from '../../src/notebook';
import {readFigure} from '../helpers/figure';

const freqInfo = new ClassFrequency({imageCounts: [100, 20, 3], numImages: 200, classNames: ['a', 'b', 'c']});
const [actual, predicted] = [[0, 1, 2, 2], {baseline: [0, 1, 0, 1], eql: [0, 0, 2, 2]}];
const gradients = {loss: [{positive: 1, negative: 2, background: 3}]};
const history = {loss: [2, 1]};

/** Every kind of picture, and a text that it must contain. */
const pictures = {
  frequency: [() => show.frequency(freqInfo, {lambda: 0.05}), 'λ = 0.0500: below, a class is spared'],
  tailRatio: [() => show.tailRatio(freqInfo, {marks: {here: 0.05}}), 'here: λ = 0.05'],
  history: [() => show.history({baseline: {history}, EQL: history}), 'EQL'],
  recall: [() => show.recallByFrequency({freqInfo, actual, predicted, lambda: 0.05}), 'λ: spared ←'],
  recallOfMany: [
    () => show.recallByFrequency({freqInfo, actual, predicted: {...predicted, 'a third': actual}}),
    'a third',
  ],
  historyOfSeeds: [() => show.history([{name: '7', run: [{history}, history]}]), '7'],
  confusion: [() => show.confusion({actual, predicted: predicted.eql, classNames: ['x', 'y', 'z']}), 'z'],
  confusedPairs: [
    () => show.confusedPairs({actual, predicted: predicted.eql, classNames: ['x', 'y', 'z']}),
    'y → x',
  ],
  reliability: [
    () => show.reliability([{name: 'm', bins: [{confidence: 0.8, accuracy: 0.5, samples: 4}], error: 0.3}]),
    'm (error 30.0 %)',
  ],
  precisionRecall: [
    () =>
      show.precisionRecall([
        {name: 'm', groups: [{group: 'rare', averagePrecision: 0.5, points: [{recall: 1, precision: 0.5}]}]},
      ]),
    'AP 50 %',
  ],
  gradients: [() => show.gradients(gradients, {rareFrom: 1}), 'rare →'],
} as const;

/** Matches the data that survive Jupyter's HTML export through lxml: an <img> with its source. */
const IMAGE = /^<img src="data:image\/svg\+xml;base64,([^"]+)" alt="([^"]+)" width="(\d+)"/;

for (const [name, [draw, text]] of Object.entries(pictures)) {
  test.serial(`${name}: outside a notebook, returns the picture as a document and as HTML`, (t) => {
    const output = draw();
    const {texts, label} = readFigure(`${output}`);
    t.true(
      texts.some((shown) => shown.includes(text)),
      `${text} in ${texts}`,
    );
    const [, data, alt] = output.html.match(IMAGE) ?? [];
    t.is(Buffer.from(data, 'base64').toString(), `${output}`);
    t.is(alt, label ?? '(none)');
    t.is(inspect(output), `${output}`);
  });

  test.serial(`${name}: in a notebook, shows the picture at once and prints nothing`, (t) => {
    const shown = inNotebook(() => {
      const output = draw();
      t.is(inspect(output), '');
      return output.html;
    });
    t.deepEqual(shown.displayed, [shown.value]);
  });
}

/** Runs `cell` like tslab: with tslab's modules behind `__tslab__.require`. */
function inNotebook<T>(cell: () => T): {value: T; displayed: string[]} {
  const displayed: string[] = [];
  const tslab = {display: {html: (html: string) => void displayed.push(html)}};
  const host = globalThis as {__tslab__?: {require(name: string): unknown}};
  host.__tslab__ = {require: (name) => (name === 'tslab' ? tslab : undefined)};
  try {
    return {value: cell(), displayed};
  } finally {
    delete host.__tslab__;
  }
}

test.serial('a table compares any number of models by group', (t) => {
  const models = ['7', '<3>'].map((name, i) => ({
    name,
    predicted: [predicted.baseline, i ? actual : predicted.eql],
  }));
  const {source} = show.comparison({freqInfo, actual, predicted: models, caption: 'two seeds'});
  t.regex(source, /two seeds.*<th [^>]*>7<\/th><th [^>]*>&lt;3&gt;<\/th><th [^>]*>difference<\/th>/s);
  t.regex(source, />overall<\/td><td>3<\/td><td>62\.5 ± 17\.7<\/td>/);
});

test.serial('refuses unknown options and wrong values, naming the option', (t) => {
  const refused = (call: () => unknown, message: RegExp) => t.throws(call, {name: 'ValueError', message});
  const of = (more: object) => ({freqInfo, actual, predicted, ...more});
  refused(() => show.recallByFrequency(of({foo: 1})), /options of recallByFrequency .* "foo"/);
  refused(() => show.recallByFrequency(of({lambda: Number.NaN})), /`lambda` to be a finite number ≥ 0/);
  refused(
    () => show.recallByFrequency(of({detail: 'foo'}) as never),
    /`detail` to be one of 'classes', 'bins'/,
  );
  refused(() => show.comparison({caption: 3} as never), /`caption` to be a string/);
  refused(() => show.comparison(undefined as never), /`options` to be an object/);
  refused(() => show.history({a: {history: 3}} as never), /`runs\.a\.history` to be an object/);
  refused(() => show.history([{name: 'a', run: [3]}] as never), /`runs\[0\]\.run\[0\]` to be an object/);
  refused(() => show.report({} as never), /`report` to be a ClassificationReport/);
  refused(() => show.gradients(gradients, null as never), /`options` to be an object/);
});
