import * as tf from '@tensorflow/tfjs';
import {adjustLogits, EqualizationLoss, GroupAccuracy} from 'tfjs-longtail';
import {CROP_SIDE} from '../../../models/moby-dick/data/crops';
import {charCnn} from '../../../models/moby-dick/network';
import {Random} from '../../../src/core/random';
import type {Pair, Point, Reading, SavedRun, Scores} from '../protocol';
import {batchOf, type Crops, SEED, trainingBatch} from './crops';
import {scoresOf} from './scores';

const BATCH_SIZE = 64;
const LEARNING_RATE = 1e-3;
/** Batch size for scoring a model. */
const SCORED_AT_ONCE = 512;
/** τ of the baseline's adjusted logits: subtract the full logarithm of a class's share. */
const TAU = 1;
/** Steps between two points of the loss, and between two evaluations on the test set. */
const STEPS_PER_POINT = 10;
const STEPS_PER_SCORE = 20;

/** Trains two models from the same initial weights on the same batches, step by step. */
export class Run {
  readonly history: Point[] = [];
  step = 0;
  private readonly testXs: tf.Tensor;
  private readonly stepsPerEpoch: number;
  private order: Int32Array;
  /** Sum of the losses since the last point, and their number. */
  private sum: Pair<number> = {baseline: 0, eql: 0};
  private summed = 0;

  constructor(
    readonly crops: Crops,
    readonly lambda: number,
    readonly models: Pair<tf.LayersModel>,
    {history, step}: Pick<SavedRun, 'history' | 'step'> = {history: [], step: 0},
  ) {
    this.history.push(...history);
    this.step = step;
    const all = Array.from(crops.test.labels.keys());
    const {xs, ys} = batchOf(crops.test, all);
    ys.dispose();
    this.testXs = xs;
    this.stepsPerEpoch = Math.floor(crops.scans.labels.length / BATCH_SIZE);
    this.order = orderOf(crops.scans.labels.length, this.epoch);
  }

  /** Starts a new run. */
  static begin(crops: Crops, lambda: number): Run {
    const model = (own: number) => {
      const {freqInfo} = crops;
      const made = charCnn({classes: freqInfo.numClasses, side: CROP_SIDE, seed: SEED});
      made.compile({
        optimizer: tf.train.adam(LEARNING_RATE),
        // λ = 0 spares no class: sigmoid cross entropy.
        loss: new EqualizationLoss({lambda: own, freqInfo}),
        metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})],
      });
      return made;
    };
    return new Run(crops, lambda, {baseline: model(0), eql: model(lambda)});
  }

  /** Number of complete passes through the training set so far. */
  get epoch(): number {
    return Math.floor(this.step / this.stepsPerEpoch);
  }

  /** Trains both models one step; returns a point when one is due. */
  async advance(): Promise<Point | undefined> {
    const at = (this.step % this.stepsPerEpoch) * BATCH_SIZE;
    if (at === 0) this.order = orderOf(this.order.length, this.epoch);
    const loss = await this.trainOn(this.order.subarray(at, at + BATCH_SIZE));
    this.step++;
    this.sum.baseline += loss.baseline;
    this.sum.eql += loss.eql;
    this.summed++;
    if (this.step % STEPS_PER_POINT !== 0) return undefined;
    // After a load there are fewer than STEPS_PER_POINT.
    const mean = {baseline: this.sum.baseline / this.summed, eql: this.sum.eql / this.summed};
    const point: Point = {step: this.step, loss: mean};
    this.sum = {baseline: 0, eql: 0};
    this.summed = 0;
    if (this.step % STEPS_PER_SCORE === 0) point.scores = await this.scores();
    this.history.push(point);
    return point;
  }

  /** Trains both models on this epoch's crops of `rows`. */
  async trainOn(rows: ArrayLike<number>): Promise<Pair<number>> {
    const {xs, ys} = trainingBatch(this.crops.scans, rows, this.epoch);
    const train = async (model: tf.LayersModel) => [await model.trainOnBatch(xs, ys)].flat()[0] as number;
    const loss = {baseline: await train(this.models.baseline), eql: await train(this.models.eql)};
    tf.dispose([xs, ys]);
    return loss;
  }

  /** `[loss, accuracy, rare accuracy]` of the EQL model on the test crops `rows`, by `model.evaluate`. */
  async evaluate(rows: ArrayLike<number>): Promise<number[]> {
    const {xs, ys} = batchOf(this.crops.test, rows);
    const values = this.models.eql.evaluate(xs, ys, {batchSize: rows.length}) as tf.Scalar[];
    const numbers = await Promise.all(values.map(async (value) => (await value.data())[0]));
    tf.dispose([xs, ys, ...values]);
    return numbers;
  }

  dispose(): void {
    this.testXs.dispose();
    for (const model of Object.values(this.models)) {
      model.optimizer.dispose();
      model.dispose();
    }
  }

  private async scores(): Promise<Record<Reading, Scores>> {
    const {test, freqInfo} = this.crops;
    const of = (logits: tf.Tensor) => scoresOf(logits, test.labels, freqInfo);
    const logits = (model: tf.LayersModel) =>
      model.predict(this.testXs, {batchSize: SCORED_AT_ONCE}) as tf.Tensor;
    const [baseline, eql] = [logits(this.models.baseline), logits(this.models.eql)];
    const adjusted = adjustLogits(baseline, freqInfo, {tau: TAU});
    return {baseline: await of(baseline), eql: await of(eql), adjusted: await of(adjusted)};
  }
}

/** The order of an epoch. Repeated calls return the same, so that a loaded run goes on where the saved one was. */
function orderOf(size: number, epoch: number): Int32Array {
  return new Random(1000 * SEED + epoch).shuffle(Int32Array.from({length: size}, (_, i) => i));
}
