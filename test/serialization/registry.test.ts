import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {Loss, Metric, registerLoss, registerMetric} from '../../src';
import {deserializeObject, serializeObject} from '../../src/serialization/registry';

class Scaled extends Loss {
  static readonly className: string = 'Scaled';
  readonly factor: number;
  constructor({factor}: {factor: number}) {
    super();
    this.factor = factor;
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.mul(this.factor, tf.sum(tf.squaredDifference(yTrue, yPred), -1));
  }
  getConfig(): tf.serialization.ConfigDict {
    return {factor: this.factor};
  }
}

class Typed extends Scaled {
  static override readonly className = 'Typed';
  override getConfig() {
    return {factor: new Float32Array(1)} as never;
  }
}

test.serial("anybody's class comes back, under Keras's kind of name", (t) => {
  t.is(registerLoss(Scaled, {package: 'shop'}), Scaled);
  const json = JSON.parse(JSON.stringify(serializeObject(new Scaled({factor: 3}))));
  t.deepEqual(json, {class_name: 'shop>Scaled', config: {factor: 3}});
  const again = deserializeObject(json) as Scaled;
  t.true(again instanceof Scaled);
  t.is(again.factor, 3);
  t.is(tf.serialization.getRegisteredName(Scaled as never), 'shop>Scaled');
  t.notThrows(() => registerLoss(Scaled, {package: 'shop'}));
});

test.serial("a class's own fromConfig may use this", (t) => {
  class Halved extends Scaled {
    static override readonly className = 'Halved';
    static override fromConfig(_: unknown, config: tf.serialization.ConfigDict): never {
      return new this({factor: (config.factor as number) / 2}) as never;
    }
  }
  registerLoss(Halved);
  t.is((deserializeObject({class_name: 'Custom>Halved', config: {factor: 3}}) as Halved).factor, 1.5);
});

test.serial('a configuration that JSON would lose is refused with its path', (t) => {
  registerLoss(Typed);
  t.throws(() => serializeObject(new Typed({factor: 1})), {
    name: 'ValueError',
    message: /Custom>Typed\.getConfig\(\)\.factor/,
  });
});

test.serial('what is not registered is named', (t) => {
  class Unknown extends Scaled {
    static override readonly className = 'Unknown';
  }
  t.throws(() => serializeObject(new Unknown({factor: 1})), {
    message: /Unknown cannot be saved.*registerLoss/,
  });
  t.throws(() => deserializeObject({class_name: 'shop>Unknown', config: {}}), {message: /'shop>Unknown'/});
});

test.serial('refuses what is no loss or metric class, and names that are taken', (t) => {
  class Dense extends Scaled {
    static override readonly className = 'Dense';
  }
  class Other extends Scaled {
    static override readonly className = 'Scaled';
  }
  class Nameless extends Metric {
    statistics() {
      return [];
    }
    result() {
      return tf.scalar(0);
    }
    getConfig() {
      return {};
    }
  }
  t.throws(() => registerMetric(Scaled as never), {
    message: /Expected `cls` to be a class that extends Metric/,
  });
  t.throws(() => registerLoss((() => 0) as never), {message: /Expected `cls`/});
  t.throws(() => registerMetric(Nameless as never), {message: /Expected `cls.className`/});
  t.throws(() => registerLoss(Dense), {message: /no class of TensorFlow.js has/});
  t.throws(() => registerLoss(Other, {package: 'shop'}), {
    message: /Another class is registered as 'shop>Scaled'/,
  });
  t.throws(() => registerLoss(Scaled, {package: 'a>b'}), {message: /Expected `package`/});
  t.throws(() => registerLoss(Scaled, {packages: 'shop'} as never), {
    name: 'ValueError',
    message: /options of registerLoss .* Received: "packages" \(did you mean "package"\?\)/,
  });
  t.throws(() => registerMetric(Nameless as never, {name: 'x'} as never), {
    message: /registerMetric .* "name"/,
  });
  t.throws(() => registerLoss(Scaled, 'shop' as never), {message: /`options` to be an object/});
  t.is(tf.serialization.SerializationMap.getMap().classNameMap.Dense[0].className, 'Dense');
});
