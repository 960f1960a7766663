import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {Loss, type LossContext} from '../../src';
import {useBackend} from '../helpers/backends';
import {restored} from '../helpers/loss_cases';

class ScaledError extends Loss {
  static readonly className = 'ScaledError';
  readonly scale: number;
  contexts: Array<LossContext | undefined> = [];

  constructor(config: {scale: number}) {
    super();
    this.scale = config.scale;
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor, context?: LossContext) {
    this.contexts.push(context);
    return tf.mul(tf.sum(tf.abs(tf.sub(yTrue, yPred)), 1), this.scale);
  }
  getConfig() {
    return {scale: this.scale};
  }
}

const yTrue = () => tf.tensor2d([0, 0, 0, 0], [2, 2]);
const yPred = () => tf.tensor2d([1, -2, 3, 4], [2, 2]);

test.before(() => useBackend('cpu'));

test("the configuration of a user's class restores the same loss", (t) => {
  const loss = new ScaledError({scale: 0.5});
  const again = restored(loss);
  t.true(again instanceof ScaledError);
  t.deepEqual(Array.from(again(yTrue(), yPred()).dataSync()), [1.5, 3.5]);
  t.deepEqual(again.getConfig(), loss.getConfig());
});

test('an instance is a function, of its class, under its name', (t) => {
  const loss = new ScaledError({scale: 2});
  t.is(typeof loss, 'function');
  t.true(
    loss instanceof ScaledError && loss instanceof Loss && loss instanceof tf.serialization.Serializable,
  );
  t.is(loss.name, 'ScaledError');
  t.is(loss.getClassName(), 'ScaledError');
});

test('calling it is call() without a context', (t) => {
  const loss = new ScaledError({scale: 2});
  t.deepEqual(Array.from(loss(yTrue(), yPred()).dataSync()), [6, 14]);
  loss.call(yTrue(), yPred(), {training: false});
  t.deepEqual(loss.contexts, [undefined, {training: false}]);
});

test('instances do not share state, and tfjs checks labels unless the class says otherwise', (t) => {
  const [one, two] = [new ScaledError({scale: 1}), new ScaledError({scale: 2})];
  one(yTrue(), yPred());
  t.is(two.contexts.length, 0);
  t.is(one.scale, 1);
  t.false(one.checksLabels);
});

test.serial('a model trains with it', async (t) => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [2]})]});
  const loss = new ScaledError({scale: 0.1});
  model.compile({optimizer: tf.train.sgd(0.01), loss: loss as never});
  const {history} = await model.fit(yPred(), yTrue(), {epochs: 5, verbose: 0});
  t.true((history.loss[4] as number) < (history.loss[0] as number));
  t.deepEqual(loss.contexts[0], {training: true});
});

test('an activation is checked if the class says what it expects', (t) => {
  class OfLogits extends ScaledError {
    override get expects() {
      return 'logits' as const;
    }
  }
  t.false(new ScaledError({scale: 1}).checksActivation);
  t.true(new OfLogits({scale: 1}).checksActivation);
});
