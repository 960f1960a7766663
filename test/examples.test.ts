import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import {collectExamples, examplesOfMarkdown, examplesOfSource} from './examples/collect';
import {type Outcome, runExample} from './examples/run_example';
import {typeErrors} from './examples/type_errors';
import {run} from './io/files/start_saver';
import {temporaryDirectory} from './io/files/temporary';

const examples = collectExamples();

test('examples are found with the line they begin on, in Markdown and in doc comments', (t) => {
  const markdown = ['# A', '```bash', 'npm i', '```', '', '```ts', 'one();', '', 'two();', '```', ''].join(
    '\n',
  );
  t.deepEqual(examplesOfMarkdown('a.md', markdown), [{file: 'a.md', line: 7, code: 'one();\n\ntwo();'}]);

  const source = [
    "const notAComment = '/** @example */';",
    '/**',
    ' * Says.',
    ' *',
    ' * ```ts',
    ' * say({a: 1});',
    ' * ```',
    ' *',
    ' * @example',
    ' * if (a) {',
    ' *   bare();',
    ' * }',
    ' * @returns nothing',
    ' */',
    'export function say() {}',
    'class A {',
    '  /** @example',
    '   * last(); */',
    '  b() {}',
    '}',
  ].join('\n');
  t.deepEqual(examplesOfSource('a.ts', source), [
    {file: 'a.ts', line: 6, code: 'say({a: 1});'},
    {file: 'a.ts', line: 10, code: 'if (a) {\n  bare();\n}'},
    {file: 'a.ts', line: 18, code: 'last();'},
  ]);
});

test('a broken example is named with its file and line', async (t) => {
  const example = (code: string) => ({file: 'docs/a.md', line: 40, code});
  t.deepEqual(
    typeErrors([example('const a = 1;\nconst b: string = a;'), example('await model.predict(xs);')]),
    ["docs/a.md:41: Type 'number' is not assignable to type 'string'."],
  );
  const unimported = example("import * as tf from '@tensorflow/tfjs';\n\nnew EqualizationLoss({freqInfo});");
  t.deepEqual(typeErrors([unimported]), ["docs/a.md:42: Cannot find name 'EqualizationLoss'."]);

  const code = ['interface Options {', '  lambda: number;', '}', '', 'const f: Options = {lambda: -1};'];
  const {error} = await runExample(example([...code, 'new EqualizationLoss({...f, freqInfo});'].join('\n')));
  t.is(error, 'docs/a.md:45: ValueError: Expected `lambda` to be a finite number ≥ 0. Received: -1');
  const syntax = await runExample(example('const = 1;'));
  t.regex(syntax.error ?? '', /^docs\/a\.md:40: SyntaxError/);
  const {logged, promised} = await runExample(example('console.log(1, [2]); // → 1 [ 3 ]'));
  t.deepEqual([logged, promised], [['1 [ 2 ]'], ['1 [ 3 ]']]);
});

test('every example has the types it should', (t) => {
  t.true(examples.length > 10);
  t.deepEqual(typeErrors(examples), []);
});

test('every example runs, and logs what it says', async (t) => {
  const script = join(__dirname, 'examples/run_all.ts');
  const args = ['-r', 'tsx/cjs', script, temporaryDirectory(t)];
  const {code, output, errors} = await run(process.execPath, args, () => {}, join(__dirname, '..'));
  t.is(code, 0, errors);
  const outcomes: Outcome[] = JSON.parse(output.trimEnd().split('\n').at(-1)!);
  t.is(outcomes.length, examples.length);
  t.deepEqual(
    outcomes.flatMap(({error}) => error ?? []),
    [],
  );
  const wrong = outcomes.filter(({logged, promised}) => !isDeepStrictEqual(logged, promised));
  t.deepEqual(wrong, []);
});
