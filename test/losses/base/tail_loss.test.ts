import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  type Constructor,
  EqualizationLoss,
  type FrequencyInfo,
  SoftmaxEqualizationLoss,
  type TailLoss,
  type TailLossOptions,
  type Threshold,
} from '../../../src';
import {useBackend} from '../../helpers/backends';
import {restored} from '../../helpers/loss_cases';

const CLASSES = {EqualizationLoss, SoftmaxEqualizationLoss};
const THRESHOLDS: Threshold[] = [
  'step',
  {kind: 'exponential', a: 400, n: 2},
  {kind: 'gompertz', a: 0.9, b: 80, c: 3000},
];
const FREQUENCIES = [0.001, 0.25, 0.004];

const yTrue = () => tf.tensor1d([0, 2, 1], 'int32');
const yPred = () => tf.tensor2d([1, -2, 3, 0.5, 0, -1, 2, 2, -3], [3, 3]);
const step = (loss: InstanceType<(typeof CLASSES)[keyof typeof CLASSES]>) => loss.getState().step;

test.before(() => useBackend('cpu'));

for (const Class of Object.values(CLASSES)) {
  const name = Class.className;
  const make = (options: Partial<TailLossOptions> = {}) =>
    new Class({lambda: 0.005, freqInfo: FREQUENCIES, ...options});
  const values = (loss: ReturnType<typeof make>, training = true) =>
    tf.tidy(() => Array.from(loss.call(yTrue(), yPred(), {training}).dataSync()));

  test(`${name}: its configuration, through JSON, gives the same losses and the same next draws`, (t) => {
    const counter = new ClassFrequencyCounter({numClasses: 3}).add([0, 1, 1, 1, 2, 1]);
    const infos: FrequencyInfo[] = [
      FREQUENCIES,
      Float32Array.from(FREQUENCIES),
      new ClassFrequency({imageCounts: [1, 250, 4], numImages: 1000, classNames: ['a', 'b', 'c']}),
      counter,
    ];
    for (const freqInfo of infos) {
      for (const threshold of THRESHOLDS) {
        for (const [gamma, seed] of [
          [1, undefined],
          [0.5, 7],
        ]) {
          const loss = make({
            lambda: threshold === 'step' ? 0.3 : undefined,
            freqInfo,
            threshold,
            gamma,
            seed,
          });
          for (let k = 0; k < 3; ++k) values(loss);
          const again = restored(loss);
          t.true(again instanceof Class);
          t.deepEqual([again.getConfig(), again.getState()], [loss.getConfig(), loss.getState()]);
          t.deepEqual(values(again, false), values(loss, false));
          for (let k = 0; k < 4; ++k) t.deepEqual(values(again), values(loss));
          t.deepEqual([again.getConfig(), again.getState()], [loss.getConfig(), loss.getState()]);
        }
      }
    }
  });

  test(`${name}: an impossible configuration is rejected`, (t) => {
    const rebuild = (change: object) => () =>
      Class.fromConfig<TailLoss>(Class, {...make().getConfig(), ...change});
    for (const wrong of [-1, 0.5, '3', null]) {
      t.throws(rebuild({step: wrong}), {name: 'ValueError', message: /`step` to be an integer ≥ 0/});
      t.throws(() => make().setState({step: wrong}), {name: 'ValueError', message: /`state\.step`/});
    }
    t.throws(rebuild({freq_info: undefined}), {name: 'ValueError', message: /`freq_info`/});
    t.throws(rebuild({gamma: null}), {name: 'ValueError', message: /`gamma`.*Received: null/});
    t.throws(rebuild({lambda: null}), {name: 'ValueError', message: /`lambda`.*Received: undefined/});
  });

  test(`${name}: options missing or out of range are named, with the received value`, (t) => {
    const cases: Array<[Partial<Record<keyof TailLossOptions, unknown>>, RegExp]> = [
      [{lambda: undefined}, /`lambda` to be a finite number ≥ 0. Received: undefined$/],
      [{lambda: -1e-9}, /`lambda` .* Received: -1e-9$/],
      [{lambda: Number.NaN}, /`lambda` .* Received: NaN$/],
      [{lambda: Number.POSITIVE_INFINITY}, /`lambda` .* Received: Infinity$/],
      [{lambda: '0.1'}, /`lambda` .* Received: "0.1"$/],
      [{lambda: -1, threshold: THRESHOLDS[1]}, /`lambda` .* Received: -1$/],
      [{freqInfo: undefined}, /`freqInfo` to be a ClassFrequency, .*array.* Received: undefined$/],
      [{freqInfo: null}, /`freqInfo` .* Received: null$/],
      [{freqInfo: 0.1}, /`freqInfo` .* Received: 0.1$/],
      [{freqInfo: {imageCounts: [1], numImages: 1}}, /`freqInfo` .* Received: {imageCounts, numImages}$/],
      [{freqInfo: []}, /`freqInfo.length` .* Received: 0$/],
      [{freqInfo: [0.1, 1.5]}, /`freqInfo\[1\]` to be a frequency in 0 … 1. Received: 1.5$/],
      [{freqInfo: [Number.NaN]}, /`freqInfo\[0\]` .* Received: NaN$/],
      [{freqInfo: Float32Array.of(-0.5)}, /`freqInfo\[0\]` .* Received: -0.5$/],
      [{threshold: 'gompertz'}, /`threshold` .* Received: "gompertz"$/],
      [{gamma: -0.1}, /`gamma` to be a number in 0 … 1. Received: -0.1$/],
      [{gamma: 1.1}, /`gamma` .* Received: 1.1$/],
      [{gamma: Number.NaN}, /`gamma` .* Received: NaN$/],
      [{gamma: null}, /`gamma` .* Received: null$/],
      [{gamma: '0.5'}, /`gamma` .* Received: "0.5"$/],
      [{seed: 0.5}, /`seed` to be an integer. Received: 0.5$/],
      [{seed: '1'}, /`seed` .* Received: "1"$/],
    ];
    for (const [change, message] of cases) {
      t.throws(() => make(change as Partial<TailLossOptions>), {name: 'ValueError', message});
    }
    t.throws(() => new (Class as unknown as new () => unknown)(), {name: 'ValueError', message: /`lambda`/});
    t.notThrows(() => make({lambda: 0, gamma: 0, seed: -1}));
    t.notThrows(() => make({lambda: undefined, threshold: THRESHOLDS[1]}));
  });

  test(`${name}: changing an option's array later changes nothing`, (t) => {
    const freqInfo = Float64Array.from(FREQUENCIES);
    const threshold = {kind: 'exponential' as const, a: 400, n: 2};
    const [loss, smooth] = [make({freqInfo, gamma: 1}), make({freqInfo, threshold, gamma: 1})];
    const before = [values(loss), values(smooth)];
    freqInfo.fill(0);
    threshold.a = 1e5;
    (loss.getConfig().freq_info as number[]).fill(0);
    t.deepEqual([values(loss), values(smooth)], before);
    t.throws(() => Object.assign(smooth.getConfig().threshold as object, {a: 0}), {instanceOf: TypeError});
  });

  test(`${name}: frequencies may be a number[], a Float32Array or counted`, (t) => {
    const expected = values(make({gamma: 1}));
    const counted = new ClassFrequency({imageCounts: [1, 250, 4], numImages: 1000});
    t.deepEqual(values(make({gamma: 1, freqInfo: Float32Array.from(FREQUENCIES)})), expected);
    t.deepEqual(values(make({gamma: 1, freqInfo: counted})), expected);
    t.notDeepEqual(values(make({gamma: 1, freqInfo: [0.25, 0.001, 0.004]})), expected);
  });

  test(`${name}: f = λ is not spared`, (t) => {
    const tail = (lambda: number) => Array.from(make({lambda}).tailWeights());
    t.deepEqual(
      [tail(0.001), tail(0.004), tail(0.25), tail(1)],
      [
        [0, 0, 0],
        [1, 0, 0],
        [1, 0, 1],
        [1, 1, 1],
      ],
    );
  });

  test(`${name}: a live counter gives its present frequencies`, (t) => {
    const freqInfo = new ClassFrequencyCounter({numClasses: 3, labels: 'list'});
    const loss = make({lambda: 0.3, freqInfo, gamma: 1});
    const expected = (frequencies: number[]) => values(make({lambda: 0.3, freqInfo: frequencies, gamma: 1}));
    t.throws(() => values(loss), {name: 'ValueError', message: /`freqInfo` .* counted images/});
    freqInfo.add([0, 1]);
    t.deepEqual(values(loss), expected([1, 1, 0]));
    freqInfo.add([2]).add([2]).add([1, 2]);
    t.deepEqual(values(loss), expected([0.25, 0.5, 0.75]));
  });

  test(`${name}: a failed call does not advance the draws`, (t) => {
    const loss = make({gamma: 0.5, seed: 7, lambda: 2});
    const twin = make({gamma: 0.5, seed: 7, lambda: 2});
    const failing: Array<[tf.Tensor, tf.Tensor, RegExp]> = [
      [tf.tensor1d([0, 4, 1], 'int32'), yPred(), /`yTrue` to hold integers in 0 … .*Received: 4 in row 1$/],
      [tf.tensor1d([0, 1, 0.5]), yPred(), /`yTrue` to hold integers .*Received: 0.5 in row 2$/],
      [tf.tensor1d([-1, 1, 1]), yPred(), /Received: -1 in row 0$/],
      [
        tf.zeros([3, 2]),
        yPred(),
        /`yTrue` to be a tensor of shape \[3,3\].*Received: tensor of shape \[3, 2\]$/,
      ],
      [yTrue(), tf.zeros([3]), /`yTrue` to be given with a yPred of shape \[batch, …, classes\], not \[3\]/],
      [yTrue(), tf.zeros([3, 4]), /`freqInfo` to be about 4 classes, .* Received: 3$/],
    ];
    for (const [labels, predictions, message] of failing) {
      t.throws(() => loss(labels, predictions), {name: 'ValueError', message});
      t.is(step(loss), 0);
    }
    t.deepEqual(values(loss), values(twin));
    t.is(step(loss), 1);
  });

  test(`${name}: the stream advances with each training batch that draws, and with nothing else`, (t) => {
    const loss = make({gamma: 0.5, seed: 7, lambda: 2});
    values(loss, false);
    t.is(step(loss), 0);
    const draws = Array.from({length: 8}, () => values(loss));
    t.is(step(loss), 8);
    t.true(new Set(draws.map(String)).size > 1);
    t.not(make().seed, make().seed);
    for (const gamma of [0, 1]) {
      const constant = make({gamma});
      values(constant);
      t.is(step(constant), 0);
    }
  });

  test(`${name}: an unknown option is rejected, with the nearest known one`, (t) => {
    const cases: Array<[object, RegExp]> = [
      [
        {gama: 0.3},
        /the options of \w+ to have known names only. Received: "gama" \(did you mean "gamma"\?\)$/,
      ],
      [{lamda: 0.1}, /"lamda" \(did you mean "lambda"\?\)$/],
      [{freqinfo: [0.1]}, /"freqinfo" \(did you mean "freqInfo"\?\)$/],
      [{reduction: 'sum'}, /"reduction" \(known: lambda, freqInfo, threshold, gamma, seed/],
      [{toString: 1}, /"toString" \(known: /],
    ];
    for (const [more, message] of cases) {
      t.throws(() => make(more), {name: 'ValueError', message});
      t.regex(t.throws(() => make(more))?.message ?? '', new RegExp(`options of ${name} `));
    }
    t.throws(() => make({threshold: {kind: 'gompertz', a: 1, b: 80, c: 3, d: 3} as never}), {
      message: /gompertz threshold .* Received: "d"/,
    });
    t.throws(() => new Class(3 as never), {name: 'ValueError', message: /`options` .* Received: 3$/});
  });

  test(`${name}: a saved configuration with unknown keys is rejected`, (t) => {
    const config = {...make({gamma: 0.5}).getConfig(), spared_groups: 2};
    t.throws(() => Class.fromConfig<TailLoss>(Class, config), {
      name: 'ValueError',
      message: new RegExp(`a saved ${name} .* Received: "spared_groups"`),
    });
    for (const none of [undefined, null, 3]) {
      t.throws(() => Class.fromConfig<TailLoss>(Class, none as never), {
        name: 'ValueError',
        message: `Expected \`config\` to be an object, the configuration of a saved ${name}. Received: ${none}`,
      });
    }
    class Noted extends (Class as typeof EqualizationLoss) {
      static override readonly className = 'Noted';
      note = '';
      override getConfig() {
        return {...super.getConfig(), note: this.note};
      }
      static override fromConfig<T>(cls: Constructor<T>, saved: Record<string, unknown>): T {
        const loss = Class.fromConfig(cls, saved);
        if (loss instanceof Noted) loss.note = saved.note as string;
        return loss;
      }
    }
    const noted = new Noted({lambda: 0.005, freqInfo: FREQUENCIES});
    noted.note = 'mine';
    t.is(restored(noted).note, 'mine', "a subclass's configuration is its own");
  });
}
