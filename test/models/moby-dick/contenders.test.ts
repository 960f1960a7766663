import test from 'ava';
import {contenders} from '../../../models/moby-dick/contenders';

test('a list of methods, each by itself or with what follows', (t) => {
  t.deepEqual(
    contenders('ce, eql+la,crt').map(({name, method, after, title}) => [name, method, after, title]),
    [
      ['ce', 'ce', undefined, 'sigmoid cross entropy'],
      ['eql+la', 'eql', 'la', 'EQL, logits adjusted'],
      ['crt', 'ce', 'crt', 'sigmoid cross entropy, classifier retrained'],
    ],
  );
  t.deepEqual(
    contenders('la,tau,crt-same').map(({method, after}) => [method, after]),
    contenders('ce+la,ce+tau,ce+crt-same').map(({method, after}) => [method, after]),
  );
});

test('what is no method is named', (t) => {
  for (const list of ['', 'no', 'ce,', 'ce+x', 'ce+la+la', 'la+tau', 'toString', 'ce+toString']) {
    t.throws(() => contenders(list), {name: 'ValueError', message: /^Expected `--methods`/});
  }
});
