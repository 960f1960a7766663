import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {Loss, Metric, registerLoss, registerMetric} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {reload} from '../helpers/models';

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

test.serial("a user's class is restored, under a name in Keras's form", (t) => {
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

test.serial('a configuration that JSON would lose is rejected with its path', (t) => {
  registerLoss(Typed);
  t.throws(() => serializeObject(new Typed({factor: 1})), {
    name: 'ValueError',
    message: /Custom>Typed\.getConfig\(\)\.factor/,
  });
});

test.serial('an unregistered class is named', (t) => {
  class Unknown extends Scaled {
    static override readonly className = 'Unknown';
  }
  t.throws(() => serializeObject(new Unknown({factor: 1})), {
    message: /Unknown cannot be saved.*registerLoss/,
  });
  t.throws(() => deserializeObject({class_name: 'shop>Unknown', config: {}}), {message: /'shop>Unknown'/});
});

test.serial('rejects classes that are not losses or metrics, and names that are taken', (t) => {
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

test.serial('a class without its methods is rejected; it may define them as fields', (t) => {
  // As JavaScript has them: nothing is checked.
  const AnyLoss = Loss as unknown as new () => object;
  class NoCall extends AnyLoss {
    static readonly className = 'NoCall';
    getConfig() {
      return {};
    }
  }
  class NoConfig extends AnyLoss {
    static readonly className = 'NoConfig';
    call(_: tf.Tensor, yPred: tf.Tensor) {
      return tf.mean(yPred, -1);
    }
  }
  class NoStatistics extends (Metric as unknown as new () => object) {
    static readonly className = 'NoStatistics';
    result([total]: tf.Tensor[]) {
      return total;
    }
    getConfig() {
      return {};
    }
  }
  class Fields extends AnyLoss {
    static readonly className: string = 'Fields';
    call = (_: tf.Tensor, yPred: tf.Tensor) => tf.mean(yPred, -1);
    getConfig = () => ({});
  }
  class SubFields extends Fields {
    static override readonly className = 'SubFields';
  }
  const lacks = (method: string) => ({
    name: 'ValueError',
    message: new RegExp(`Expected \`cls\` to be a class with a method \`${method}\``),
  });
  t.throws(() => registerLoss(NoCall as never), lacks('call'));
  t.throws(() => registerLoss(NoConfig as never), lacks('getConfig'));
  t.throws(() => registerMetric(NoStatistics as never), lacks('statistics'));
  t.notThrows(() => registerLoss(Fields as never));
  registerLoss(SubFields as never);
  const again = deserializeObject(serializeObject(new SubFields() as never));
  t.is(again.constructor as unknown, SubFields);
});

test.serial('an error for a subclass without a className of its own names the subclass', (t) => {
  class Parent extends Scaled {
    static override readonly className: string = 'Parent';
  }
  class Child extends Parent {}
  registerLoss(Parent);
  t.throws(() => serializeObject(new Child({factor: 1})), {
    message:
      /^Child cannot be saved: .* Give it a static `className` of its own\. Call registerLoss\(Child\)/,
  });
  t.throws(() => registerLoss(Child), {
    message:
      "Another class is registered as 'Custom>Parent' already. Child needs a static `className` of its own.",
  });
});

test.serial('a metric whose class has an accessor for its name', async (t) => {
  class Got extends (Metric as unknown as new () => object) {
    static readonly className = 'Got';
    get name() {
      return 'got';
    }
    statistics(_: tf.Tensor, yPred: tf.Tensor) {
      return [tf.max(yPred)];
    }
    result([peak]: tf.Tensor[]) {
      return tf.clone(peak);
    }
    getConfig() {
      return {name: this.name};
    }
  }
  registerMetric(Got as never);
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [new Got() as never]});
  const data = () => tf.ones([2, 1]);
  const {history} = await model.fit(data(), data(), {epochs: 1, verbose: 0});
  t.deepEqual(Object.keys(history), ['loss', 'got']);
  t.deepEqual((await reload(model)).metricsNames, ['loss', 'got']);
});

test.serial('a metric without a constructor keeps its name, which is not its configuration', (t) => {
  class Bare extends Metric {
    static readonly className = 'Bare';
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
  registerMetric(Bare);
  t.is(deserializeObject(serializeObject(new Bare())).name, 'Bare');
});

test.serial('names set by this.name are restored and appear in histories', async (t) => {
  class Peak extends Metric {
    static readonly className = 'Peak';
    constructor({name}: {name: string}) {
      super();
      this.name = name;
    }
    statistics(_: tf.Tensor, yPred: tf.Tensor) {
      return [tf.max(yPred)];
    }
    result([peak]: tf.Tensor[]) {
      return tf.clone(peak);
    }
    getConfig() {
      return {name: this.name};
    }
  }
  class Squares extends Loss {
    static readonly className = 'Squares';
    constructor() {
      super();
      this.name = 'squares';
      this.length = 5;
    }
    call(yTrue: tf.Tensor, yPred: tf.Tensor) {
      return tf.sum(tf.squaredDifference(yTrue, yPred), -1);
    }
    getConfig() {
      return {};
    }
  }
  registerMetric(Peak);
  registerLoss(Squares);
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  const metric = new Peak({name: 'mine'});
  model.compile({optimizer: 'sgd', loss: new Squares(), metrics: [metric]});
  metric.name = 'set after compile';
  const {history} = await model.fit(tf.ones([2, 1]), tf.ones([2, 1]), {epochs: 1, verbose: 0});
  t.deepEqual(Object.keys(history), ['loss', 'mine']);
  metric.name = 'mine';
  const again = await reload(model);
  t.deepEqual(again.metricsNames, ['loss', 'mine']);
  t.is((again.loss as unknown as Squares).length, 5);
});
