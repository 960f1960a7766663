import test from 'ava';
import {parseHTML} from 'linkedom';
import {ClassFrequency} from '../../src/frequency';
import {ClassificationReport, draw} from '../../src/report/on_node';

const {document} = parseHTML('<html><body></body></html>');
const freqInfo = new ClassFrequency({imageCounts: [90, 9, 2], numImages: 100, classNames: ['<a>', 'b', 'c']});
const [actual, predicted] = [[0, 1, 2, 2], {one: [0, 1, 0, 1]}];
const scores = {precision: 1, recall: 1, f1: 1, support: 1};

let observed: ((entries: {contentRect: {width: number}}[]) => void)[] = [];
class FakeObserver {
  constructor(private readonly callback: (typeof observed)[number]) {}
  observe() {
    observed.push(this.callback);
  }
  disconnect() {
    observed = observed.filter((callback) => callback !== this.callback);
  }
}
test.before(() => void Object.assign(globalThis, {ResizeObserver: FakeObserver}));

/** An element of a page, `width` pixels wide. */
function box(width: number): Element {
  const element = document.createElement('div');
  Object.defineProperty(element, 'clientWidth', {value: width});
  return element as unknown as Element;
}

const PICTURES: Record<string, (element: Element) => {stop(): void}> = {
  frequency: (element) => draw.frequency(element, freqInfo, {lambda: 0.05}),
  tailRatio: (element) => draw.tailRatio(element, freqInfo),
  history: (element) => draw.history(element, {one: {history: {loss: [2, 1], val_loss: [3, 2]}}}),
  recallByFrequency: (element) => draw.recallByFrequency(element, {freqInfo, actual, predicted}),
  confusion: (element) => draw.confusion(element, {actual, predicted: predicted.one}),
  confusedPairs: (element) => draw.confusedPairs(element, {actual, predicted: predicted.one}),
  gradients: (element) => draw.gradients(element, {a: [{positive: 1, negative: 2, background: 3}]}),
  reliability: (element) =>
    draw.reliability(element, [{name: 'm', bins: [{confidence: 1, accuracy: 1, samples: 1}], error: 0}]),
  precisionRecall: (element) =>
    draw.precisionRecall(element, [{name: 'm', groups: [{group: 'all', averagePrecision: 1, points: []}]}]),
};

for (const [name, drawInto] of Object.entries(PICTURES)) {
  test.serial(`${name}: draws into an element at its width, in the colors of the page`, (t) => {
    observed = [];
    const element = box(320);
    const drawing = drawInto(element);
    const svg = () => element.querySelector('svg') as Element;
    t.true(Number(svg().getAttribute('width')) <= 340, `${svg().getAttribute('width')} px`);
    t.false(element.innerHTML.includes('color="#222222"'));
    t.is(observed.length, 1);
    const narrow = element.innerHTML;
    observed[0]([{contentRect: {width: 900}}]);
    if (!/gradients|confusion$|confusedPairs|precisionRecall|reliability|history/.test(name)) {
      t.true(Number(svg().getAttribute('width')) > 800);
    }
    if (name !== 'gradients' && name !== 'confusion') t.not(element.innerHTML, narrow);
    drawing.stop();
    t.is(observed.length, 0);
  });
}

test.serial('draws tables too; a second picture replaces the first', (t) => {
  observed = [];
  const element = box(600);
  draw.comparison(element, {freqInfo, actual, predicted});
  t.true(element.innerHTML.includes('<table'));
  const model = {
    name: '<m>',
    classes: [{name: 'x', predicted: 1, ...scores}],
    micro: scores,
    macro: scores,
    weighted: scores,
  };
  draw.report(element, new ClassificationReport([model]));
  t.is(observed.length, 1);
  t.true(element.innerHTML.includes('longtail-report') && element.innerHTML.includes('&lt;m&gt;'));
});

test('requires an element', (t) => {
  t.throws(() => draw.history(null as never, {}), {name: 'ValueError', message: /`element`/});
});

test.serial("a failed drawing keeps the element's content, which still follows its width", (t) => {
  observed = [];
  const element = box(600);
  draw.frequency(element, freqInfo);
  const before = element.innerHTML;
  t.throws(() => draw.frequency(element, freqInfo, {lambda: Number.NaN}), {message: /`lambda`/});
  t.is(element.innerHTML, before);
  t.is(observed.length, 1);
});
