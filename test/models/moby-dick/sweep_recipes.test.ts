import test from 'ava';
import {PARAMETERS, sweptParameter, sweptValues} from '../../../models/moby-dick/sweep_recipes';

test('values are those given, or the range of the parameter', (t) => {
  const tau = sweptParameter('tau');
  t.deepEqual(sweptValues(tau, '0, .5,1e0'), [0, 0.5, 1]);
  for (const parameter of Object.values(PARAMETERS)) {
    t.is(sweptValues(parameter, undefined), parameter.values);
    t.true(parameter.values.every((value) => value >= 0 && value <= parameter.most));
  }
});

test('a value is part of its recipe', (t) => {
  t.deepEqual(sweptParameter('lambda').recipe(0.01), {method: 'eql', lambda: 0.01});
  t.deepEqual(sweptParameter('gamma').recipe(0.5), {method: 'seql', gamma: 0.5});
  t.deepEqual(sweptParameter('tau').recipe(0.5), {method: 'ce', after: 'la', tau: 0.5});
});

test('what is no parameter or no value is named', (t) => {
  for (const name of ['', 'beta', 'toString']) {
    t.throws(() => sweptParameter(name), {name: 'ValueError', message: /^Expected `--param`/});
  }
  for (const list of ['', '0,', 'x', '-1', '2']) {
    t.throws(() => sweptValues(PARAMETERS.gamma, list), {
      name: 'ValueError',
      message: /^Expected `--values`/,
    });
  }
});
