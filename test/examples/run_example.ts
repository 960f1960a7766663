import {SourceMap} from 'node:module';
import {format} from 'node:util';
import {Script} from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';
import type {Example} from './collect';
import {ENTRY_POINTS} from './entry_points';
import {HEADER_LINES, moduleOf} from './module_of';
import {prelude} from './prelude';

/** How an example went. */
export interface Outcome {
  file: string;
  line: number;
  /** What it threw. */
  error?: string;
  /** The lines that it logged, and those that its `// → ` comments promise. */
  logged: string[];
  promised: string[];
}

const SCRIPT = 'running-example';

const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
  sourceMap: true,
};

type Body = (exports: object, require: (name: string) => unknown, console: object) => Promise<void>;

/** Runs an example on the cpu backend, in the current directory. */
export async function runExample(example: Example): Promise<Outcome> {
  const {file, line, code} = example;
  const promised = [...code.matchAll(/\/\/ → (.*)/g)].map(([, text]) => text);
  const outcome: Outcome = {file, line, logged: [], promised};
  const log = (...values: unknown[]) => outcome.logged.push(...format(...values).split('\n'));
  await tf.setBackend('cpu');
  const {outputText, sourceMapText} = ts.transpileModule(moduleOf(example), {compilerOptions});
  try {
    const script = new Script(`(async (exports, require, console) => {${outputText}\n})`, {filename: SCRIPT});
    await (script.runInThisContext() as Body)({}, importOf, {...console, log});
  } catch (error) {
    const within = lineOf(error, new SourceMap(JSON.parse(sourceMapText!)));
    outcome.error = `${file}:${line + within}: ${error}`;
  }
  return outcome;
}

/** The line of an example, from 0, where an error arose. */
function lineOf(error: unknown, map: SourceMap): number {
  const [, row, column] = String((error as Error)?.stack).match(new RegExp(`${SCRIPT}:(\\d+):(\\d+)`)) ?? [];
  if (row === undefined) return 0;
  const entry = map.findEntry(Number(row) - 1, Number(column) - 1);
  return 'originalLine' in entry ? Math.max(0, entry.originalLine - HEADER_LINES) : 0;
}

function importOf(name: string): unknown {
  return name === './prelude' ? {prelude} : require(ENTRY_POINTS.get(name) ?? name);
}
