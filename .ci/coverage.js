// `npm run coverage [-- ava's arguments]`: runs the tests and reports the share of src's branches they take. Fails
// below the threshold of .c8rc.json.
const {spawn, spawnSync} = require('node:child_process');
const {createHash} = require('node:crypto');
const {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} = require('node:fs');
const {SourceMap} = require('node:module');
const {join} = require('node:path');
const {pathToFileURL} = require('node:url');

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'out/coverage');
const RAW = join(OUT, 'raw');
const KEPT = join(OUT, 'kept');
const SRC = pathToFileURL(join(ROOT, 'src/')).href;
const MAPS = 'source-map-cache';

const isOurs = (url) => url.startsWith(SRC);
const variantOf = (map) => createHash('sha256').update(JSON.stringify(map)).digest('hex');

/** Drops code that esbuild adds, `__export` and the list of a module's names, which says nothing about our lines. */
function withoutAdditions(functions, {lineLengths, data}) {
  const map = new SourceMap(data);
  const starts = [0];
  for (const length of lineLengths) starts.push(starts.at(-1) + length + 1);
  const hasSource = ({startOffset, endOffset}) => {
    const line = starts.findLastIndex((start) => start <= endOffset - 1);
    const {generatedLine, generatedColumn} = map.findEntry(line, endOffset - 1 - starts[line]);
    return generatedLine !== undefined && starts[generatedLine] + generatedColumn >= startOffset;
  };
  return functions
    .map((one) => ({...one, ranges: one.ranges.filter((range) => range.count > 0 || hasSource(range))}))
    .filter(({ranges: [first]}) => first !== undefined && hasSource(first));
}

/** The part of a V8 report about src, a hundredth of it; undefined if there is none. */
function condense(report) {
  const result = report.result.filter(({url}) => isOurs(url) && report[MAPS]?.[url]?.data != null);
  const maps = Object.fromEntries(result.map(({url}) => [url, report[MAPS][url]]));
  for (const script of result) script.functions = withoutAdditions(script.functions, maps[script.url]);
  return result.length === 0 ? undefined : {result, [MAPS]: maps};
}

/** Condenses the reports written so far: all together would take gigabytes. */
function condenseAll() {
  for (const name of readdirSync(RAW)) {
    let report;
    try {
      report = JSON.parse(readFileSync(join(RAW, name), 'utf8'));
    } catch {
      // Not completely written yet.
      continue;
    }
    rmSync(join(RAW, name));
    const kept = condense(report);
    if (kept !== undefined) writeFileSync(join(KEPT, name), JSON.stringify(kept));
  }
}

/**
 * Other loaders compile a file to different text, whose offsets must not be mixed with those of the tests' own threads.
 */
function keepOneVariant() {
  const read = (name) => JSON.parse(readFileSync(join(KEPT, name), 'utf8'));
  const names = readdirSync(KEPT);
  const isThread = (name) => !name.endsWith('-0.json');
  const variants = new Map();
  for (const name of [...names.filter(isThread), ...names.filter((name) => !isThread(name))]) {
    const report = read(name);
    report.result = report.result.filter(({url}) => {
      const variant = variantOf(report[MAPS][url]);
      if (!variants.has(url)) variants.set(url, variant);
      return variants.get(url) === variant;
    });
    report[MAPS] = Object.fromEntries(report.result.map(({url}) => [url, report[MAPS][url]]));
    writeFileSync(join(KEPT, name), JSON.stringify(report));
  }
}

async function main(args) {
  rmSync(OUT, {recursive: true, force: true});
  for (const folder of [RAW, KEPT]) mkdirSync(folder, {recursive: true});
  const bin = (name) => join(ROOT, 'node_modules/.bin', name);
  const env = {...process.env, NODE_V8_COVERAGE: RAW};
  const tests = spawn(bin('ava'), args, {cwd: ROOT, env, stdio: 'inherit'});
  const timer = setInterval(condenseAll, 3000);
  const code = await new Promise((resolve) => tests.on('close', resolve));
  clearInterval(timer);
  condenseAll();
  keepOneVariant();
  const report = ['report', '--temp-directory', KEPT, '--reports-dir', OUT];
  const {status} = spawnSync(bin('c8'), report, {cwd: ROOT, stdio: 'inherit'});
  process.exitCode = code || status;
}

void main(process.argv.slice(2));
