import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import * as detection from '../../src/detection';
import * as root from '../../src/index.node';
import {Loss, Metric, ValueError} from '../../src/index.node';
import * as datasets from '../../src/io/datasets';
import * as gpuKernels from '../../src/kernels/gpu';
import * as kernels from '../../src/kernels/wasm';
import * as metrics from '../../src/metrics';
import * as notebook from '../../src/notebook';
import * as report from '../../src/report';
import * as sampling from '../../src/sampling';
import * as training from '../../src/training';
import {useBackend} from '../helpers/backends';
import {CLASSES} from '../helpers/models';
import {withEachPart} from './each_part';
import {functionsOf, isClass} from './functions_of';
import {concrete, make, OPTIONS} from './models';
import {validCalls} from './valid_calls';
import {WRONG} from './wrong_values';

const entryPoints: Record<string, object> = {
  root,
  'kernels/wasm': kernels,
  'kernels/gpu': gpuKernels,
  datasets,
  detection,
  metrics,
  notebook,
  report,
  sampling,
  training,
};
const entries: Record<string, string> = require('../../.ci/entries');
const MOST_ARGUMENTS = 4;
/** Classes of which subclasses are made, and the error itself. */
const NOT_CALLED = new Set<unknown>([ValueError, metrics.PredictionMetric, metrics.PerClassMetric]);

/** What comes of a call, where it is neither a result nor a ValueError. */
async function raw(call: () => unknown): Promise<string[]> {
  try {
    const result = call();
    if (result instanceof Promise) await result;
  } catch (error) {
    if (!(error instanceof ValueError)) return [`${(error as Error)?.name}: ${(error as Error)?.message}`];
    if (error.message.length > 1000) return [`a message of ${error.message.length} characters`];
  }
  return [];
}

/** What becomes of it with each wrong value. */
async function rawWithEach(name: string, call: (wrong: () => unknown) => unknown): Promise<string[]> {
  const found: string[] = [];
  for (const [what, wrong] of Object.entries(WRONG)) {
    // wasm has no complex tensors.
    if (what === 'a complex tensor' && tf.getBackend() === 'wasm') continue;
    tf.engine().startScope();
    for (const problem of await raw(() => call(wrong))) found.push(`${name} with ${what}: ${problem}`);
    tf.engine().endScope();
  }
  return found;
}

test.before(() => {
  console.warn = () => {};
});

test('the table has every entry', (t) => {
  t.deepEqual(Object.keys(entryPoints).sort(), ['root', ...Object.keys(entries)].sort());
});

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [entry, exported] of Object.entries(entryPoints)) {
    test.serial(
      `every function and class of ${entry} takes wrong arguments or refuses them (${backend})`,
      async (t) => {
        await useBackend(backend);
        const found: string[] = [];
        for (const [name, call] of functionsOf(exported, NOT_CALLED)) {
          for (let count = 0; count <= MOST_ARGUMENTS; count++) {
            const withWrong = (wrong: () => unknown) => call(...Array.from({length: count}, wrong));
            found.push(...(await rawWithEach(`${name} × ${count}`, withWrong)));
          }
        }
        t.deepEqual(found, []);
      },
    );
  }

  test.serial(
    `losses and metrics take wrong labels and predictions or refuse them (${backend})`,
    async (t) => {
      await useBackend(backend);
      const found: string[] = [];
      const labels = tf.tensor1d([0, 1], 'int32');
      const logits = tf.zeros([2, CLASSES]);
      for (const cls of [...concrete(Loss), ...concrete(Metric)]) {
        const object = make(cls);
        const name = cls.className;
        found.push(...(await rawWithEach(`${name} labels`, (wrong) => object(wrong() as tf.Tensor, logits))));
        found.push(...(await rawWithEach(`${name} logits`, (wrong) => object(labels, wrong() as tf.Tensor))));
        found.push(
          ...(await rawWithEach(`${name} both`, (wrong) =>
            object(wrong() as tf.Tensor, wrong() as tf.Tensor),
          )),
        );
      }
      t.deepEqual(found, []);
    },
  );
}

test.serial('losses and metrics take wrong options or refuse them', async (t) => {
  await useBackend('cpu');
  const found: string[] = [];
  for (const cls of [...concrete(Loss), ...concrete(Metric)]) {
    for (const option of [
      ...Object.keys(OPTIONS),
      'ignoreLabel',
      'name',
      'threshold',
      'seed',
      'alpha',
      'scale',
      'tau',
    ]) {
      const call = (wrong: () => unknown) => new cls({...OPTIONS, [option]: wrong()});
      found.push(...(await rawWithEach(`${cls.className}.${option}`, call)));
      const alone = (wrong: () => unknown) => new cls({freqInfo: OPTIONS.freqInfo, [option]: wrong()});
      found.push(...(await rawWithEach(`${cls.className}.${option}`, alone)));
    }
  }
  t.deepEqual(found, []);
});

// With the document that the notebook's entry brings.
const drawing = [...new Map([...functionsOf(report, NOT_CALLED), ...functionsOf(notebook, NOT_CALLED)])];

test('there is a valid call of each function of pictures, tables and reports', (t) => {
  t.deepEqual(Object.keys(validCalls()).sort(), drawing.map(([name]) => name).sort());
});

for (const [name, call] of drawing) {
  test.serial(`${name} takes each part of its arguments wrong or refuses it`, async (t) => {
    await useBackend('cpu');
    const {args, options} = validCalls()[name];
    const all = options === undefined ? args : [...args, options];
    await t.notThrowsAsync(async () => call(...all));
    const found: string[] = [];
    for (const [path, was, put] of withEachPart(all, name)) {
      if (path === name) continue;
      found.push(
        ...(await rawWithEach(path, (wrong) => {
          const value = wrong();
          // A class in a function's place is called, and its own error says so.
          if (typeof was === 'function' && isClass(value)) return undefined;
          return drawn(call(...(put(value) as unknown[])));
        })),
      );
    }
    t.deepEqual(found, []);
    if (options === undefined) return;
    const error = await t.throwsAsync(async () => call(...args, {...options, foo: 1}));
    t.true(error instanceof ValueError && error.message.includes('"foo"'), error?.message);
  });
}

// A place that is no number, or a text that was no text. NaN may be said, as what nothing is known of.
const NO_PICTURE = /="[^"]*NaN|undefined|Infinity|\[object/;

/** What was drawn, unless it holds what is no picture. */
function drawn(result: unknown): unknown {
  const text = typeof result === 'string' ? result : (result as {source?: string} | undefined)?.source;
  const at = text?.search(NO_PICTURE) ?? -1;
  if (at >= 0) throw new Error(text?.slice(Math.max(0, at - 40), at + 40));
  return result;
}
