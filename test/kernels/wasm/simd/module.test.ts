import test from 'ava';
import {decode} from '../../../../src/kernels/decode';
import {BINARY, LIMITS_AT} from '../../../../src/kernels/wasm/simd/binary';

const bytes = decode(BINARY);

test('the module exports its functions and imports a memory, nothing else', (t) => {
  const module = new WebAssembly.Module(bytes);
  t.deepEqual(WebAssembly.Module.imports(module), [{module: 'env', name: 'memory', kind: 'memory'}]);
  t.deepEqual(
    WebAssembly.Module.exports(module)
      .map(({name, kind}) => `${kind} ${name}`)
      .sort(),
    [
      ...['adam', 'addToRows', 'batchNormSums', 'clipGradient', 'columnSums', 'convolve'],
      ...[
        'convolveFilterGradient',
        'convolveInputGradient',
        'depthwiseFilterGradient',
        'descend',
        'momentum',
        'multiply',
        'normalize',
      ],
      ...['panels', 'reluGradient', 'rmsProp'],
    ].map((name) => `function ${name}`),
  );
});

test('one byte makes it take a shared memory', (t) => {
  const limits = {initial: 1, maximum: 1};
  const shared = new WebAssembly.Memory({...limits, shared: true});
  const other = Uint8Array.from(bytes);
  t.is(other[LIMITS_AT], 1);
  other[LIMITS_AT] = 3;
  const run = (code: Uint8Array<ArrayBuffer>) =>
    new WebAssembly.Instance(new WebAssembly.Module(code), {env: {memory: shared}});
  t.notThrows(() => run(other));
  t.throws(() => run(bytes), {instanceOf: WebAssembly.LinkError});
});
