import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  EqualizationLoss,
  SoftmaxEqualizationLoss,
  type TailLossOptions,
  type Threshold,
} from '../../../src';
import {useBackend} from '../../helpers/backends';

const FREQUENCIES = [0.1, 0.25, 0.4];

test.before(() => useBackend('cpu'));

/** What console.warn is given while `run` runs. */
function warnings(run: () => void): string[] {
  const {warn} = console;
  const messages: string[] = [];
  console.warn = (message: string) => messages.push(message);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return messages;
}

for (const Class of [EqualizationLoss, SoftmaxEqualizationLoss]) {
  const name = Class.className;
  const make = (options: Partial<TailLossOptions> = {}) =>
    new Class({lambda: 0.1, freqInfo: FREQUENCIES, ...options});
  const call = (loss: ReturnType<typeof make>, training: boolean, times = 1) => {
    for (let i = 0; i < times; ++i) {
      tf.tidy(() => void loss.call(tf.tensor1d([0, 1, 2], 'int32'), tf.zeros([3, 3]), {training}));
    }
  };

  test.serial(`${name}: warns once of a λ that spares no class, when the loss is made`, (t) => {
    const counts = new ClassFrequency({imageCounts: [10, 25, 40], numImages: 100});
    for (const freqInfo of [FREQUENCIES, Float32Array.from([0.5, 0.25]), counts]) {
      const messages = warnings(() => {
        const loss = make({freqInfo});
        if (freqInfo.constructor !== Float32Array) call(loss, true, 3);
      });
      t.is(messages.length, 1);
      for (const part of [
        name,
        'lambda = 0.1',
        'no class',
        'plain cross entropy',
        'lambdaForTailRatio',
        'lambda: 0',
      ]) {
        t.true(messages[0].includes(part), part);
      }
    }
    const least = warnings(() => make({freqInfo: counts}))[0];
    t.regex(least, /f = 0.1\b/);
    t.is(warnings(() => [make(), make()]).length, 2, 'each loss says it');
  });

  test.serial(`${name}: warns of a threshold that spares no class`, (t) => {
    const none: Threshold[] = [
      {kind: 'exponential', a: 400, n: 2},
      {kind: 'gompertz', a: 1, b: 80, c: 3000},
    ];
    for (const threshold of none) {
      for (const lambda of [undefined, 0.5]) {
        const messages = warnings(() => make({lambda, threshold}));
        t.is(messages.length, 1);
        t.regex(
          messages[0],
          /threshold spares no class.*f = 0.1\b.*set gamma: 0 where cross entropy is meant/,
        );
        t.notRegex(messages[0], /lambda/i, 'which smooth thresholds do not use');
      }
    }
    t.deepEqual(
      warnings(() => make({lambda: undefined, threshold: none[0], gamma: 0})),
      [],
    );
    const some = {freqInfo: [0.001, 0.4, 0.4], lambda: undefined};
    for (const threshold of none)
      t.deepEqual(
        warnings(() => make({...some, threshold})),
        [],
      );
  });

  test.serial(`${name}: no warning if cross entropy is intended, or a class is spared`, (t) => {
    const quiet: Array<Partial<TailLossOptions>> = [{lambda: 0}, {gamma: 0}, {lambda: 0.11}, {lambda: 2}];
    for (const options of quiet)
      t.deepEqual(
        warnings(() => call(make(options), true)),
        [],
      );
  });

  test.serial(`${name}: with a counter, the warning comes in training, once the counts stand still`, (t) => {
    const freqInfo = new ClassFrequencyCounter({numClasses: 3, labels: 'list'});
    const count = () => void freqInfo.add([0, 1, 2]);
    let loss = make();
    const during = (run: () => void) => warnings(run).length;
    t.is(
      during(() => {
        loss = make({freqInfo});
        for (let i = 0; i < 5; ++i) {
          count();
          call(loss, true);
          call(loss, false);
        }
      }),
      0,
      'it still counts',
    );
    t.is(
      during(() => call(loss, false, 3)),
      0,
      'evaluation',
    );
    t.is(
      during(() => call(loss, true, 3)),
      1,
    );
    t.is(
      during(() => {
        count();
        call(loss, true, 3);
      }),
      0,
      'once',
    );
    let counted = make();
    t.is(
      during(() => {
        counted = make({freqInfo});
      }),
      0,
    );
    t.is(
      during(() => call(counted, true)),
      1,
      'a counter that was full from the start',
    );
    const unseen = new ClassFrequencyCounter({numClasses: 3}).add([0, 1, 1]);
    t.is(
      during(() => call(make({freqInfo: unseen}), true, 3)),
      0,
      'a class without images is spared',
    );
  });
}
