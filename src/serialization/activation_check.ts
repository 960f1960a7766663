import type {SymbolicTensor} from '@tensorflow/tfjs-layers';
import {show, ValueError} from '../core/errors';
import {Loss} from '../core/loss';
import {lossEntries, metricEntries} from './compile_entries';
import type {Entries} from './model_internals';
import {givesProbabilities, type OutputActivation, outputActivations} from './output_activation';

let loading = false;

/**
 * Runs `load`, which compiles a saved model: a mismatch there only warns, as the model was trained and saved with it.
 */
export function whileLoading<T>(load: () => T): T {
  const outer = loading;
  loading = true;
  try {
    return load();
  } finally {
    loading = outer;
  }
}

/** Whether {@link whileLoading} is running. */
export function isLoading(): boolean {
  return loading;
}

/** The first activation that makes probabilities, or undefined. */
export function probabilityActivation(output: SymbolicTensor): OutputActivation | undefined {
  return outputActivations(output).find(givesProbabilities);
}

/**
 * Checks that each output's last layer gives what its loss, and losses among its metrics, expect: a sigmoid of a
 * sigmoid trains without any sign of the mistake.
 *
 * @throws ValueError naming layer, activation and remedy, unless a saved model is being loaded.
 */
export function checkActivations(
  model: {outputs: SymbolicTensor[]; outputNames: string[]},
  loss: Entries | null | undefined,
  metrics?: Entries | null,
): void {
  const ofMetrics = metricEntries(metrics, model.outputNames);
  const problems = lossEntries(loss, model.outputNames).flatMap((fn, i) =>
    [fn, ...ofMetrics[i]].map((entry) =>
      entry instanceof Loss ? mismatch(model.outputs[i], entry) : undefined,
    ),
  );
  for (const problem of new Set(problems)) {
    if (problem === undefined) continue;
    if (!loading) throw new ValueError(problem);
    console.warn(problem);
  }
}

function mismatch(output: SymbolicTensor, loss: Loss): string | undefined {
  if (!loss.checksActivation) return undefined;
  const name = (loss.constructor as typeof Loss & {className: string}).className;
  const hasOption = 'fromLogits' in loss;
  if (loss.expects === 'logits') {
    const found = probabilityActivation(output);
    const option = hasOption
      ? ` (or \`fromLogits: false\` in the loss; \`fromLogits: true\` keeps both)`
      : '';
    return found && message(found, `'linear'`, `${name} takes logits`, option);
  }
  if (loss.expects === 'probabilities') {
    const found = outputActivations(output).find((end) => !givesProbabilities(end));
    const option = hasOption ? ' (or `fromLogits: true` in the loss)' : '';
    return found && message(found, `'sigmoid' or 'softmax'`, `${name} takes probabilities`, option);
  }
  return undefined;
}

function message({layer, activation}: OutputActivation, wanted: string, why: string, option: string): string {
  return (
    `Expected \`activation\` to be ${wanted} in layer '${layer}', as ${why}${option}. ` +
    `Received: ${show(activation)}`
  );
}
