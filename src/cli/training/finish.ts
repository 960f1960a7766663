import {join} from 'node:path';
import {withProbabilities} from '../../training';
import {asGiven} from '../data';
import {finished, freqInfoOf, saveModel} from '../model_record';
import {type TestReport, testReport} from '../report/test_report';
import {type Predictions, predictDataset} from './predict_dataset';
import type {TrainingJob} from './train_model';

/** Predicts the test part of the data, or else the validation part. */
export async function testPredictions({
  model,
  record,
  splits,
}: TrainingJob): Promise<Predictions | undefined> {
  const tested = splits.test ?? splits.validation;
  return tested && predictDataset(finished(model, record), asGiven(tested));
}

/** Folder of the serving model. */
export function servingIn(out: string): string {
  return join(out, 'serving');
}

/** Writes the serving model, plain TensorFlow.js that outputs probabilities. Returns its folder. */
export async function writeServing({model, record, out}: TrainingJob): Promise<string> {
  const folder = servingIn(out);
  const serving = withProbabilities(finished(model, record), {activation: 'softmax'});
  const {post_hoc_tau: _, ...own} = record;
  await saveModel(serving, {...own, training: {...own.training, state: undefined}}, folder, false);
  return folder;
}

/** Reports on one model. */
export function reportOf({record}: TrainingJob, {actual, predicted}: Predictions): TestReport {
  return testReport(freqInfoOf(record), actual, [{name: record.method, predicted}]);
}
