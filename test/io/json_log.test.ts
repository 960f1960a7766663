import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, jsonLog} from '../../src/index.node';
import {useBackend} from '../helpers/backends';
import {freqInfo, smallData, smallModel} from '../helpers/models';
import {temporaryDirectory} from './files/temporary';

test.serial("appends a line per epoch, with the history's values, to those of an earlier run", async (t) => {
  await useBackend('cpu');
  const path = join(temporaryDirectory(t), 'new', 'log.jsonl');
  const model = smallModel();
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo});
  model.compile({optimizer: 'sgd', loss, metrics: [new BalancedAccuracy()]});
  const {xs, ys} = smallData(12);
  const trainOnce = () =>
    model.fit(xs, ys, {epochs: 2, verbose: 0, validationData: [xs, ys], callbacks: [jsonLog(path)]});
  const histories = [(await trainOnce()).history, (await trainOnce()).history];
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.is(lines.length, 4);
  lines.forEach(({epoch, time, ...values}, i) => {
    const history = histories[Math.floor(i / 2)];
    t.is(epoch, 1 + (i % 2));
    t.false(Number.isNaN(Date.parse(time)));
    t.deepEqual(values, Object.fromEntries(Object.entries(history).map(([name, of]) => [name, of[i % 2]])));
  });
});

test('requires a path', (t) => {
  t.throws(() => jsonLog(''), {name: 'ValueError', message: /`path`/});
});
