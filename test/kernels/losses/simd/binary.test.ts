import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {decode} from '../../../../src/kernels/decode';
import {BINARY, LIMITS_AT} from '../../../../src/kernels/losses/simd/binary';

const bytes = decode(BINARY);

/** Numbers of the sections of a WebAssembly binary: an id, a length in LEB128, the contents, one after the other. */
function sections(binary: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < binary.length; ) {
    ids.push(binary[at++]);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++];
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return ids;
}

test('the binary is what its sources compile to', async (t) => {
  const root = join(__dirname, '../../../..');
  const run = promisify(execFile)(process.execPath, ['.ci/build_simd.js', '--check'], {cwd: root});
  await t.notThrowsAsync(run);
});

test('it exports three functions and imports a memory, nothing else', (t) => {
  const module = new WebAssembly.Module(bytes);
  t.deepEqual(WebAssembly.Module.imports(module), [{module: 'env', name: 'memory', kind: 'memory'}]);
  t.deepEqual(
    WebAssembly.Module.exports(module).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ['pass', 'rows', 'scale'].map((name) => ({name, kind: 'function'})),
  );
});

test('it owns no memory: no data, no table, and nothing runs before it is called', (t) => {
  // Types, imports, functions, globals, exports and code. A start function would be 8, data 11 and 12.
  t.deepEqual(sections(bytes), [1, 2, 3, 6, 7, 10]);
});

test('one byte makes it take a shared memory', (t) => {
  const limits = {initial: 1, maximum: 1};
  const [plain, shared] = [new WebAssembly.Memory(limits), new WebAssembly.Memory({...limits, shared: true})];
  const run = (code: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory) =>
    new WebAssembly.Instance(new WebAssembly.Module(code), {env: {memory}});
  t.is(bytes[LIMITS_AT], 1);
  t.notThrows(() => run(bytes, plain));
  t.throws(() => run(bytes, shared), {instanceOf: WebAssembly.LinkError});
  const other = Uint8Array.from(bytes);
  other[LIMITS_AT] = 3;
  t.notThrows(() => run(other, shared));
  t.throws(() => run(other, plain), {instanceOf: WebAssembly.LinkError});
});
