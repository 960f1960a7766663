// Compiles `assembly` of each SIMD module to `binary.ts` beside it, which is committed, so that the package builds and
// its sources run without a compiler. `--check` compares instead of writing.
const {execFileSync} = require('node:child_process');
const {mkdtempSync, readFileSync, rmSync, writeFileSync} = require('node:fs');
const {tmpdir} = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
const MODULES = ['src/kernels/losses/simd', 'src/kernels/wasm/simd'];
const OPTIONS = [
  ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--importMemory', '--noExportMemory', '--maximumMemory', '65536', '--enable', 'simd'],
];

// AssemblyScript's default features, and SIMD.
const FEATURES = ['simd', 'bulk-memory', 'sign-ext', 'nontrapping-float-to-int', 'mutable-globals'];

// Running Binaryen, AssemblyScript's optimizer, again over the finished module reorders it for better compression.
function shrink(binary) {
  const directory = mkdtempSync(path.join(tmpdir(), 'longtail-simd-'));
  const file = path.join(directory, 'simd.wasm');
  try {
    writeFileSync(file, binary);
    const args = [...FEATURES.map((feature) => `--enable-${feature}`), '-O3', file, '-o', file];
    execFileSync(process.execPath, [require.resolve('binaryen/bin/wasm-opt'), ...args]);
    return readFileSync(file);
  } finally {
    rmSync(directory, {recursive: true});
  }
}

// Printable characters, except those that some kind of string escapes.
const LETTERS = Array.from({length: 94}, (_, i) => String.fromCharCode(33 + i))
  .filter((letter) => !/["$'\\`]/.test(letter))
  .join('');

/**
 * Encodes bytes as text for `decode` of src/kernels/decode.ts: one letter for most bytes, two for rare ones. Unlike
 * hexadecimal digits or base64, it compresses almost as well as the bytes themselves.
 */
function encode(binary) {
  const single = LETTERS.length - 2;
  const letters = [...binary].map((byte) => {
    // The prefix of SIMD's operations, 0xfd, comes first.
    const value = (byte + 3) & 255;
    if (value < single) return LETTERS[value];
    const rest = value - single;
    return LETTERS[single + Math.floor(rest / LETTERS.length)] + LETTERS[rest % LETTERS.length];
  });
  return letters.join('');
}

async function compile(directory) {
  const {default: asc} = await import('assemblyscript/asc');
  let binary;
  const {error, stderr} = await asc.main(['index.ts', '--outFile', 'simd.wasm', ...OPTIONS], {
    readFile: (name, base) => {
      const file = path.join(root, directory, 'assembly', base.startsWith('~') ? '' : '.', name);
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_, contents) => {
      binary = Buffer.from(contents);
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return shrink(binary);
}

// The offset of the flags of the imported memory's limits: after its name and kind, before 0 … 65536 pages.
function limitsAt(binary) {
  const name = Buffer.from('\x03env\x06memory\x02');
  const at = binary.indexOf(name) + name.length;
  const limits = [...binary.subarray(at, at + 5)];
  if (limits.join() !== '1,0,128,128,4') throw new Error(`Expected an imported memory. Received: ${limits}`);
  return at;
}

async function build(directory) {
  const target = path.join(root, directory, 'binary.ts');
  const binary = await compile(directory);
  const lines = encode(binary).match(/.{1,104}/g);
  const source = [
    '// Made by `npm run build:simd` from the sources in assembly.',
    `export const LIMITS_AT = ${limitsAt(binary)};`,
    'export const BINARY =',
    ...lines.map((line, i) => `  '${line}'${i === lines.length - 1 ? ';' : ' +'}`),
    '',
  ].join('\n');
  if (!process.argv.includes('--check')) writeFileSync(target, source);
  else if (readFileSync(target, 'utf8') !== source)
    throw new Error(`${directory}/binary.ts differs from its compiled sources.`);
  console.log(`${directory}: ${binary.length} bytes of WebAssembly`);
}

async function main() {
  for (const directory of MODULES) await build(directory);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
