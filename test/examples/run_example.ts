import {format} from 'node:util';
import {Script} from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';
import type {Example} from './collect';
import {ENTRY_POINTS} from './entry_points';
import {moduleOf} from './module_of';
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

type Body = (exports: object, require: (name: string) => unknown, console: object) => Promise<void>;

/** Runs an example on the cpu backend, in the current directory. */
export async function runExample(example: Example): Promise<Outcome> {
  const {file, line, code} = example;
  const promised = [...code.matchAll(/\/\/ → (.*)/g)].map(([, text]) => text);
  const outcome: Outcome = {file, line, logged: [], promised};
  const log = (...values: unknown[]) => outcome.logged.push(...format(...values).split('\n'));
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  try {
    await tf.setBackend('cpu');
    const {outputText} = ts.transpileModule(moduleOf(example), {compilerOptions});
    const script = new Script(`(async (exports, require, console) => {${outputText}\n})`, {filename: file});
    await (script.runInThisContext() as Body)({}, importOf, {...console, log});
  } catch (error) {
    outcome.error = `${file}:${line}: ${error instanceof Error ? (error.stack ?? error.message) : error}`;
  }
  return outcome;
}

function importOf(name: string): unknown {
  return name === './prelude' ? {prelude} : require(ENTRY_POINTS.get(name) ?? name);
}
