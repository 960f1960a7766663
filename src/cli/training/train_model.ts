import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {LabeledSplits} from '../../io/datasets';
import {BalancedAccuracy} from '../../metrics/balanced_accuracy';
import {GroupAccuracy} from '../../metrics/group_accuracy';
import {CommandError, EXIT} from '../exit';
import {BOUNDS, groupsOf} from '../groups';
import {methodOf} from '../methods';
import {freqInfoOf, type ModelRecord, saveModel} from '../model_record';
import {Progress} from '../progress';
import {Interruption} from './interruption';

/** A model to train, its data and its folder. */
export interface TrainingJob {
  model: LayersModel;
  record: ModelRecord;
  splits: LabeledSplits;
  /** The folder of the model. */
  out: string;
  /** Command that resumes it after Ctrl-C, for users to copy. */
  resume: string;
}

type Logs = Record<string, number>;

/** Compiles a new model with the record's method. */
export function compileModel(model: LayersModel, record: ModelRecord): void {
  const freqInfo = freqInfoOf(record);
  const {loss} = methodOf(record.method, freqInfo);
  const groups = groupsOf(freqInfo).map(
    ({name: group}) => new GroupAccuracy({group, freqInfo, bounds: BOUNDS}),
  );
  const optimizer = tfc.train.adam(record.training.learning_rate);
  // tfjs's types do not allow mixing names and objects.
  model.compile({optimizer, loss, metrics: ['accuracy', new BalancedAccuracy(), ...groups] as never});
}

/**
 * Trains a compiled model to its last epoch. After each epoch it is saved with everything resuming needs: optimizer,
 * loss, and the position in the data.
 *
 * @throws CommandError after Ctrl-C, once it has been saved.
 */
export async function trainModel({model, record, splits, out, resume}: TrainingJob): Promise<void> {
  const {train, validation} = splits;
  const {training, method} = record;
  train.sampler = methodOf(method, freqInfoOf(record)).sampler;
  if (training.state) train.setState(training.state);
  const first = training.state?.epoch ?? 0;
  const perEpoch = Math.ceil(train.length / training.batch_size);
  const done = first * perEpoch;
  const progress = new Progress(method, training.epochs * perEpoch, done);
  const interruption = new Interruption(() => {
    model.stopTraining = true;
  });
  const save = () => {
    training.state = train.getState();
    return saveModel(model, record, out, true);
  };
  let batches = done;
  const callbacks = {
    onBatchEnd: async (_: number, logs?: tfc.NamedTensorMap | Logs) => {
      progress.step(++batches, `loss ${Number((logs as Logs)?.loss).toFixed(3)}`);
    },
    onEpochEnd: async (epoch: number, logs?: Logs) => {
      if (interruption.isAsked) return;
      training.history.push({epoch: epoch + 1, ...logs});
      progress.line(`${method}: epoch ${epoch + 1} of ${training.epochs}  ${logsLine(logs ?? {})}`);
      await save();
    },
  };
  try {
    if (first < training.epochs) {
      // tfjs's types allow only one form of a callback's logs.
      await model.fitDataset(train, {
        epochs: training.epochs,
        initialEpoch: first,
        validationData: validation,
        verbose: 0,
        callbacks,
      } as never);
    }
    if (!interruption.isAsked) return;
    await save();
    throw new CommandError(
      `saved in ${out}, within epoch ${(training.state?.epoch ?? 0) + 1}. Continue with: ${resume}`,
      EXIT.interrupted,
    );
  } finally {
    interruption.end();
  }
}

function logsLine(logs: Logs): string {
  const names = Object.keys(logs).sort((a, b) => Number(a.startsWith('val_')) - Number(b.startsWith('val_')));
  const shown = names.filter((name) =>
    /^(val_)?(loss|balanced_accuracy)$|^val_(few|medium|many)_/.test(name),
  );
  return shown.map((name) => `${name} ${logs[name].toFixed(3)}`).join('  ');
}
