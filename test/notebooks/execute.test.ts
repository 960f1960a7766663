import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {clean, notebookText} from '../../notebooks/run/clean';
import {type CellReport, execute} from '../../notebooks/run/execute';
import {hasJupyter, NOTEBOOKS} from '../../notebooks/run/prepare';
import {runAll} from '../../notebooks/run/run';

// Real Jupyter and the real kernel, which finds its packages from where the notebook lies: inside the repository.
const withJupyter = hasJupyter('nbconvert') ? test.serial : test.serial.skip;
const directory = join(NOTEBOOKS, `.test-${process.pid}`);

test.before(() => mkdirSync(directory, {recursive: true}));
test.after.always(() => rmSync(directory, {recursive: true, force: true}));

function write(name: string, ...sources: string[]): string {
  const file = join(directory, name);
  const cells = sources.map((source) => ({cell_type: 'code' as const, metadata: {}, source, outputs: []}));
  writeFileSync(file, notebookText(clean({cells, metadata: {}, nbformat: 4, nbformat_minor: 5})));
  return file;
}

withJupyter('every cell runs, in order and in one kernel, and the file stays as it is', async (t) => {
  const file = write('good.ipynb', 'const a: number = 20;', 'console.log(await Promise.resolve(a + 1));');
  const before = readFileSync(file, 'utf8');
  const reports: CellReport[] = [];
  const executed = clean(await execute(file, (report) => reports.push(report)));
  t.deepEqual(
    reports.map(({cell, cells}) => [cell, cells]),
    [
      [1, 2],
      [2, 2],
    ],
  );
  t.is(executed.cells.length, 2);
  t.deepEqual(executed.cells[1].outputs, [{name: 'stdout', output_type: 'stream', text: ['21\n']}]);
  t.is(readFileSync(file, 'utf8'), before);
});

const FAILURES: Record<string, {cell: string; error: RegExp; late?: boolean}> = {
  'an exception': {cell: "throw new RangeError('too far');", error: /RangeError: too far/},
  'a type error': {
    cell: 'const text: string = 1;',
    error: /Type 'number' is not assignable to type 'string'/,
  },
  'a rejection that nobody handles': {cell: "Promise.reject(new Error('lost'));", error: /Error: lost/},
  'an error in a timer': {
    cell: "setTimeout(() => { throw new Error('later'); }, 50); await new Promise((r) => setTimeout(r, 200));",
    error: /Error: later/,
  },
  'a kernel that ends': {cell: 'process.exit(3);', error: /[Kk]ernel/},
};

for (const [what, {cell, error}] of Object.entries(FAILURES)) {
  withJupyter(`${what} fails the cell, and no other runs`, async (t) => {
    const file = write('bad.ipynb', 'const fine = 1;', cell, 'console.log(fine);');
    const reports: CellReport[] = [];
    await t.throwsAsync(
      execute(file, (report) => reports.push(report)),
      {message: /cell 2 failed/},
    );
    t.is(reports.length, 2);
    const last = reports[1];
    t.is(last.cell, 2);
    t.true('error' in last && last.source === cell);
    t.regex('error' in last ? last.error : '', error);
  });
}

withJupyter('a rejection after the last cell fails the notebook', async (t) => {
  // Late enough for a slow machine to have ended the cell, and before the half second is over that is waited afterwards.
  const file = write('late.ipynb', "setTimeout(() => Promise.reject(new Error('afterwards')), 400);");
  const reports: CellReport[] = [];
  await t.throwsAsync(execute(file, (report) => reports.push(report)));
  const last = reports[reports.length - 1];
  t.regex('error' in last ? last.error : '', /^\(after the last cell\)(.|\n)*afterwards/);
});

withJupyter(
  'all notebooks of a directory run, failures are counted and named, and outputs kept where asked for',
  async (t) => {
    rmSync(directory, {recursive: true});
    mkdirSync(directory);
    // The kernel reads what a cell prints from a pipe, and may answer before a busy machine has filled it.
    const wait = 'await new Promise((resolve) => setTimeout(resolve, 500));';
    const good = write('1-good.ipynb', `console.log("kept"); ${wait}`);
    const bad = write('2-bad.ipynb', 'throw new Error("no");');
    const before = [readFileSync(good, 'utf8'), readFileSync(bad, 'utf8')];
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    t.deepEqual(await runAll(directory, {log}), {passed: 1, failed: 1});
    const text = lines.join('\n');
    t.regex(text, /1-good\.ipynb {2}cell 1\/1/);
    t.regex(text, /2-bad\.ipynb {2}cell 1\/1 failed:\n {4}throw new Error\("no"\);\n\n(.*\n)* {4}Error: no/);
    t.regex(text, /2-bad\.ipynb {2}FAILED/);
    t.deepEqual([readFileSync(good, 'utf8'), readFileSync(bad, 'utf8')], before);

    await runAll(directory, {log, write: true, only: '1'});
    t.regex(readFileSync(good, 'utf8'), /kept\\n/);
    t.is(readFileSync(bad, 'utf8'), before[1]);
  },
);
