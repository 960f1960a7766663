import {isDeepStrictEqual} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, EqualizationLoss} from '../../src/index.node';
import type {LabelledCrops} from './data/dataset';
import {nextStep} from './next_step';
import type {StepResult} from './training_job';

/**
 * Loads a saved model with an unchanged tfjs call and trains it for one step.
 *
 * @returns What was checked, one sentence each.
 * @throws Error naming what was not restored as saved.
 */
export async function checkReload(
  url: string,
  saved: {lambda: number; freqInfo: ClassFrequency; nextStep: StepResult},
  crops: LabelledCrops,
): Promise<string[]> {
  const model = await tf.loadLayersModel(url);
  const loss = model.loss as unknown as EqualizationLoss;
  const checks: string[] = [];
  const check = (what: string, holds: boolean) => {
    if (!holds) throw new Error(`The model loaded from ${url} is not the one that was saved: ${what}.`);
    checks.push(what);
  };
  check('the loss is an EqualizationLoss', loss instanceof EqualizationLoss);
  check(`its λ is ${saved.lambda.toPrecision(3)}`, loss.lambda === saved.lambda);
  check('its class frequencies are those counted', isDeepStrictEqual(loss.freqInfo, saved.freqInfo));
  check(
    `the metrics are ${model.metricsNames.slice(1).join(' and ')}`,
    model.metricsNames.join() === 'loss,acc,rare_accuracy',
  );
  const {iterations} = model.optimizer as unknown as {iterations: number};
  check(`Adam is at step ${iterations}`, iterations > 0);
  const {values, weights} = await nextStep(model, crops);
  check(
    `one more step gives loss ${values[0].toFixed(4)} and every weight bit for bit as training that never stopped`,
    isDeepStrictEqual(values, saved.nextStep.values) && weights === saved.nextStep.weights,
  );
  return checks;
}
